//! What a list is asked for: filters, order, place.

use chrono::{Days, NaiveDate};
use huiqi_store::Ctx;
use huiqi_store::clock::day_start;
use huiqi_store::sea_orm::Value;
use huiqi_store::search::{self, Kind};
use serde::Deserialize;

use super::rows::*;
use crate::scope::Scope;

/// What the address of a list says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Ask {
    pub(super) tab: String,
    pub(super) flow: String,
    pub(super) kind: String,
    pub(super) district: String,
    pub(super) category: String,
    pub(super) state: String,
    pub(super) q: String,
    pub(super) after: String,
    pub(super) from: String,
    pub(super) to: String,
    /// Public number of whoever holds it; `none`: nobody.
    pub(super) holder: String,
    pub(super) up: String,
}

impl Ask {
    /// The address of this list with one thing changed and the page forgotten.
    pub(super) fn with(&self, base: &str, name: &str, value: &str) -> String {
        let mut out = url::form_urlencoded::Serializer::new(String::new());
        let own = [
            ("tab", &self.tab),
            ("flow", &self.flow),
            ("kind", &self.kind),
            ("district", &self.district),
            ("category", &self.category),
            ("state", &self.state),
            ("q", &self.q),
            ("from", &self.from),
            ("to", &self.to),
            ("holder", &self.holder),
            ("up", &self.up),
        ];
        for (key, old) in own {
            let now = if key == name { value } else { old.as_str() };
            if !now.is_empty() {
                out.append_pair(key, now);
            }
        }
        if name == "after" && !value.is_empty() {
            out.append_pair("after", value);
        }
        let query = out.finish();
        if query.is_empty() { base.to_owned() } else { format!("{base}?{query}") }
    }

    pub(super) fn is_filtered(&self) -> bool {
        [
            &self.flow,
            &self.kind,
            &self.district,
            &self.category,
            &self.state,
            &self.q,
            &self.from,
            &self.to,
            &self.holder,
            &self.up,
        ]
        .iter()
        .any(|s| !s.is_empty())
    }

    pub(super) fn narrow(&self, ctx: &Ctx, mut scope: Scope) -> Scope {
        for (column, value) in [
            ("c.flow", &self.flow),
            ("c.kind", &self.kind),
            ("c.district", &self.district),
            ("c.category", &self.category),
            ("c.state", &self.state),
        ] {
            if !value.is_empty() {
                scope = scope.and(&format!("{column} = ?"), [Value::from(value.clone())]);
            }
        }
        if self.holder == "none" {
            scope = scope.and("c.handler_person IS NULL", []);
        } else if !self.holder.is_empty() {
            scope = scope.and(
                "c.handler_person = (SELECT p.id FROM person p WHERE p.number = ?)",
                [Value::from(self.holder.clone())],
            );
        }
        if let Ok(from) = self.from.parse::<NaiveDate>() {
            scope = scope.and("c.opened_at >= ?", [Value::from(day_start(from))]);
        }
        if let Ok(to) = self.to.parse::<NaiveDate>() {
            scope = scope.and("c.opened_at < ?", [Value::from(day_start(to + Days::new(1)))]);
        }
        scope = match self.up.as_str() {
            "3" => scope.and(&format!("c.closed_at IS NULL AND {RISEN} >= 3"), []),
            "4" => scope.and(&format!("c.closed_at IS NULL AND {RISEN} >= 4"), []),
            "order" => scope.and(&format!("{} > 0", orders_on("c.id")), []),
            _ => scope,
        };
        let q = self.q.trim();
        if !q.is_empty() {
            let number = q.to_uppercase();
            match search::matches(ctx.db().backend(), Kind::Request, "COALESCE(c.parent, c.id)", q) {
                Some((sql, values)) => {
                    let all = std::iter::once(Value::from(number)).chain(values);
                    scope = scope.and(&format!("c.number = ? OR {sql}"), all);
                }
                None => scope = scope.and("c.number = ?", [Value::from(number)]),
            }
        }
        scope
    }
}
