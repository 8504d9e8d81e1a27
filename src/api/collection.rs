//! The requests for one kind of credential.

use super::credential::{By, Credential, Kind, Status};
use super::lookup::{check_complete, check_usable_id, explain_id, find_unique, repeated_page};
use super::server_object::MAX_PAGE;
use crate::client::{Call, Client, Effect, Resource, SecretIn};
use crate::error::{Code, Error};
use crate::secret::Secret;
use crate::text::to_json;
use crate::url::{push_query, push_segment};
use std::marker::PhantomData;
use ureq::http::Method;

/// The credentials of one kind on a server.
pub struct Collection<'c, T> {
    pub(super) client: &'c Client,
    pub(super) kind: &'static Kind,
    entries: PhantomData<T>,
}

impl<'c, T: Credential> Collection<'c, T> {
    pub fn new(client: &'c Client, kind: &'static Kind) -> Self {
        Collection {
            client,
            kind,
            entries: PhantomData,
        }
    }

    /// Sets the status of a target, and returns the target from the response. A name is looked up
    /// first.
    ///
    /// Exit code 7 if the response does not confirm the change of this target.
    pub fn set_status(&self, by: By, target: &str, status: Status) -> Result<T, Error> {
        let id = self.id_of(by, target)?;
        let body = format!("{{\"status\":\"{}\"}}", status.word());
        let call = Call {
            method: Method::PATCH,
            body: Some(&body),
            effect: Effect::Repeatable,
            ..self.credentials_call(self.path_of(&id), self.kind.resource)
        };
        let name = (by == By::Name).then_some(target);
        let check = |updated| {
            let updated = self.check_target(&id, name, updated)?;
            self.check_status(status, updated)
        };
        let updated = self.client.confirmed(&call, self.kind.noun, check);
        updated.map_err(|error| {
            let described = self.describe(by, target);
            self.explain_id(error, &id)
                .context(&format!("failed to update status of {described}"))
        })
    }

    /// The ID of a target. A name is looked up.
    pub fn id_of(&self, by: By, target: &str) -> Result<String, Error> {
        match by {
            By::Id => Ok(target.to_string()),
            By::Name => Ok(self.get(by, target)?.id().to_string()),
        }
    }

    /// Gets a target from the server.
    ///
    /// Exit code 5 if the server knows the name but does not show it, and 7 if it lists several
    /// entries with this name.
    pub fn get(&self, by: By, target: &str) -> Result<T, Error> {
        let found = match by {
            By::Id => self.by_id(target),
            By::Name => self.by_name(target),
        };
        found.map_err(|error| {
            let described = self.describe(by, target);
            error.context(&format!("could not find {described}"))
        })
    }

    fn by_id(&self, id: &str) -> Result<T, Error> {
        let call = self.credentials_call(self.path_of(id), self.kind.resource);
        let found = self.client.one(&call, self.kind.noun);
        found
            .map_err(|error| self.explain_id(error, id))
            .and_then(|found| self.check_target(id, None, found))
    }

    /// The only entry with exactly this name. The server may list others too.
    fn by_name(&self, name: &str) -> Result<T, Error> {
        let mut path = self.kind.path.to_string();
        push_query(&mut path, &[(self.kind.name_parameter, name)]);
        let call = self.credentials_call(path, self.kind.resource);
        let found = find_unique(self.client, &call, self.kind.key, |entry: &T| {
            entry.name() == name
        })?;
        let found = found.ok_or_else(|| self.kind.not_shown(By::Name))?;
        check_usable_id(found.id())?;
        Ok(found)
    }

    /// Passes each entry of the list to `each`, until `each` returns false. The server ignores some
    /// parameters of `query`. If there is an ID or a name, it ignores all others. `named` lists the
    /// resources that the query names.
    pub fn list(
        &self,
        query: &[(&str, &str)],
        named: &[Resource],
        each: &mut dyn FnMut(T) -> bool,
    ) -> Result<(), Error> {
        if self.kind.is_paged {
            self.list_pages(query, named, each)
        } else {
            check_complete(self.list_page(query, named, each)?)
        }
    }

    /// Lists page by page. InfluxDB 2.0.x ignores the paging parameters and always sends its first
    /// 20 entries.
    fn list_pages(
        &self,
        query: &[(&str, &str)],
        named: &[Resource],
        each: &mut dyn FnMut(T) -> bool,
    ) -> Result<(), Error> {
        const REPEATED_PAGE: usize = 20;
        let limit = MAX_PAGE.to_string();
        let (mut first_id, mut last_id, mut last_page) = (None, String::new(), 0);
        loop {
            let mut query = query.to_vec();
            query.push(("limit", &limit));
            if !last_id.is_empty() {
                query.push(("after", &last_id));
            }
            let (mut length, mut wanted, mut repeated) = (0, true, false);
            let mut page_end = String::new();
            let has_next_page = self.list_page(&query, named, &mut |entry| {
                repeated |= length == 0 && first_id.as_deref() == Some(entry.id());
                if repeated {
                    return false;
                }
                page_end = entry.id().to_string();
                first_id.get_or_insert_with(|| page_end.clone());
                length += 1;
                wanted = each(entry);
                wanted
            })?;
            if repeated && last_page == REPEATED_PAGE {
                let plural = self.kind.key;
                let message = format!("the server lists the first {REPEATED_PAGE} {plural} only");
                return Err(Error::new(Code::Unexpected, message)
                    .hint("InfluxDB 2.0 cannot list more; name the others with --id or --name"));
            }
            if repeated {
                return Err(repeated_page());
            }
            last_page = length;
            let may_have_more = matches!(length, MAX_PAGE | REPEATED_PAGE) || has_next_page;
            if !wanted || !may_have_more {
                return Ok(());
            }
            // InfluxDB lists users in the order of their IDs. Otherwise the loop might never end.
            if page_end <= last_id {
                return Err(repeated_page());
            }
            check_usable_id(&page_end)?;
            last_id = page_end;
        }
    }

    /// Lists one page. Returns whether the server has a next page.
    fn list_page(
        &self,
        query: &[(&str, &str)],
        named: &[Resource],
        each: &mut dyn FnMut(T) -> bool,
    ) -> Result<bool, Error> {
        let mut path = self.kind.path.to_string();
        push_query(&mut path, query);
        let call = self.credentials_call(path, named);
        let key = self.kind.key;
        self.client.list(&call, key, key, &mut |entry| {
            each(self.without_token(entry))
        })
    }

    pub fn remove(&self, id: &str) -> Result<(), Error> {
        self.client.act(&Call {
            method: Method::DELETE,
            effect: Effect::Removal,
            ..Call::new(self.path_of(id), self.kind.resource)
        })
    }

    pub fn set_password(&self, id: &str, password: &Secret) -> Result<(), Error> {
        let body = format!("{{\"password\":{}}}", to_json(password.expose()));
        let path = format!("{}/password", self.path_of(id));
        let done = self.client.act(&Call {
            method: Method::POST,
            body: Some(&body),
            effect: Effect::Repeatable,
            secret_in: SecretIn::Request,
            ..Call::new(path, self.kind.resource)
        });
        done.map_err(|error| self.explain_id(error, id))
    }

    /// `authorization`, for messages.
    pub fn singular(&self) -> &'static str {
        self.kind.noun
    }

    /// `authorizations`, for messages.
    pub fn plural(&self) -> &'static str {
        self.kind.key
    }

    /// `authorization with ID "X"`, for messages.
    pub fn describe(&self, by: By, target: &str) -> String {
        // `--match` takes IDs from the server.
        self.kind
            .describe(by, &self.client.redactor().clean(target))
    }

    /// Adds a hint to `error` if the server says that `id` is malformed.
    pub fn explain_id(&self, error: Error, id: &str) -> Error {
        explain_id(error, id, self.kind.id_hint)
    }

    /// A GET request whose response contains credentials. Other requests replace the method.
    pub(super) fn credentials_call<'a>(&self, path: String, named: &'a [Resource]) -> Call<'a> {
        Call {
            secret_in: self.kind.secret_in(),
            ..Call::new(path, named)
        }
    }

    fn path_of(&self, id: &str) -> String {
        let mut path = format!("{}/", self.kind.path);
        push_segment(&mut path, id);
        path
    }

    fn without_token(&self, mut found: T) -> T {
        if self.kind.has_tokens {
            found.forget_token();
        }
        found
    }

    /// Checks that the response describes the requested target, and returns it without its token.
    /// The ID must match. If `name` is given, it must match too. InfluxDB accepts upper-case hex
    /// digits, but returns lower-case ones.
    fn check_target(&self, id: &str, name: Option<&str>, response: T) -> Result<T, Error> {
        let other = if !response.id().eq_ignore_ascii_case(id) {
            response.id()
        } else if name.is_some_and(|name| response.name() != name) {
            response.name()
        } else {
            return Ok(self.without_token(response));
        };
        let other = self.client.quoted(other);
        let what = format!(
            "the server returned a different {}, {other}",
            self.kind.noun
        );
        Err(Error::new(Code::Unexpected, what))
    }

    fn check_status(&self, wanted: Status, updated: T) -> Result<T, Error> {
        let wanted = wanted.word();
        if updated.status() == wanted {
            return Ok(updated);
        }
        let actual = self.client.quoted(updated.status());
        let what = format!("the server reports the status {actual}, not \"{wanted}\"");
        Err(Error::new(Code::Unexpected, what))
    }
}
