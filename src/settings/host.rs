//! The address of the server. It comes from the first of these sources that has it: the flag, the
//! variable, the active config, the default.

use super::configs::Config;
use super::flags::HOST;
use crate::cli::args::Args;
use crate::error::Error;
use crate::url::BaseUrl;

/// InfluxDB listens on this port by default.
pub const DEFAULT: &str = "http://localhost:8086";

pub fn from_args(args: &Args, config: Option<&Config>) -> Result<BaseUrl, Error> {
    if let Some(host) = args.text(&HOST) {
        return BaseUrl::parse(host).map_err(Error::usage);
    }
    if let Some(config) = config
        && let Some(url) = &config.url
    {
        return BaseUrl::parse(url).map_err(|reason| config.error("url", &reason));
    }
    BaseUrl::parse(DEFAULT).map_err(Error::config)
}
