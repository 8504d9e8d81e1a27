//! The stand-in InfluxDB for `make demo` and the measurements. It keeps users, authorizations and mappings in
//! memory, and responds like InfluxDB 2.9.

mod api;
mod authorizations;
mod connection;
mod credentials;
mod http_messages;
pub mod long_list;
mod mappings;
mod orgs_and_buckets;
pub mod store;
mod users;

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::error::Error;
use std::ffi::OsStr;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use store::{Store, TOKENS, USERNAMES, USERS};

/// A stand-in server that runs in a thread.
pub struct Server {
    pub url: String,
    address: SocketAddr,
    store: Arc<Mutex<Store>>,
    stopping: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Server {
    pub fn start() -> io::Result<Server> {
        Server::start_with(None)
    }

    /// Starts a server that uses TLS. The certificate and its key are PEM files.
    pub fn start_tls(certificate: &OsStr, key: &OsStr) -> Result<Server, Box<dyn Error>> {
        let chain = CertificateDer::pem_file_iter(certificate)?.collect::<Result<_, _>>()?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, PrivateKeyDer::from_pem_file(key)?)?;
        Ok(Server::start_with(Some(Arc::new(config)))?)
    }

    fn start_with(tls: Option<Arc<ServerConfig>>) -> io::Result<Server> {
        let scheme = if tls.is_some() { "https" } else { "http" };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let store = Arc::new(Mutex::new(Store::initial()));
        let stopping = Arc::new(AtomicBool::new(false));
        let (shared_store, stop) = (store.clone(), stopping.clone());
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                // One client at a time. Errors are ignored, because a broken connection must not stop the
                // server.
                _ = stream
                    .and_then(|stream| connection::serve(stream, tls.as_ref(), &shared_store));
            }
        });
        Ok(Server {
            url: format!("{scheme}://{address}"),
            address,
            store,
            stopping,
            thread,
        })
    }

    pub fn stop(self) -> Result<(), Box<dyn Error>> {
        self.stopping.store(true, Ordering::SeqCst);
        // The thread only checks `stopping` after it has accepted a connection.
        drop(TcpStream::connect(self.address)?);
        self.thread
            .join()
            .map_err(|_| "the server's thread panicked".into())
    }

    /// The status of the user, username or token with this ID.
    pub fn status(&self, id: &str) -> Option<String> {
        let store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        store.status(id)
    }

    /// Tables of the users, usernames and tokens, with their statuses.
    pub fn tables(&self) -> String {
        [
            self.table("User", &USERS),
            self.table("Username", &USERNAMES),
            self.table("Token", &TOKENS),
        ]
        .join("\n")
    }

    fn table(&self, title: &str, rows: &[(&str, &str)]) -> String {
        let mut table = format!("  {:<18}{title:<17}Status\n", "ID");
        for (id, name) in rows {
            let status = self.status(id).unwrap_or_default();
            table += &format!("  {id:<18}{name:<17}{status}\n");
        }
        table
    }
}
