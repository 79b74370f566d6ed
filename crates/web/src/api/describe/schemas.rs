//! Schemas of everything that is sent and answered, under one name each.

use std::collections::BTreeSet;

use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value};

const COMPONENTS: &str = "#/components/schemas/";

/// What is taken and what is given are described apart: what may be left out of a request is
/// still there in an answer.
pub struct Schemas {
    sent: SchemaGenerator,
    given: SchemaGenerator,
}

impl Schemas {
    #[expect(clippy::new_without_default, reason = "nobody makes one but the description")]
    pub fn new() -> Schemas {
        let settings = || {
            SchemaSettings::draft2020_12().with(|settings| {
                settings.definitions_path = "/components/schemas".into();
                settings.meta_schema = None;
            })
        };
        Schemas {
            sent: settings().for_deserialize().into_generator(),
            given: settings().for_serialize().into_generator(),
        }
    }

    pub fn sent<T: JsonSchema>(&mut self) -> Value {
        let mut schema = self.sent.subschema_for::<T>().to_value();
        // Which of them differ from the answers' is known at the end; until then all do.
        rename(&mut schema, &|name| Some(format!("{name}~")));
        schema
    }

    pub fn given<T: JsonSchema>(&mut self) -> Value {
        self.given.subschema_for::<T>().to_value()
    }

    /// All components, and `document` with its references put right.
    pub fn settle(mut self, document: &mut Value) -> Map<String, Value> {
        let mut all = self.given.take_definitions(true);
        let sent = self.sent.take_definitions(true);
        let apart = apart(&all, &sent);
        let name_of = |name: &str| match apart.contains(name) {
            true => format!("{name}Sent"),
            false => name.to_owned(),
        };
        for (name, mut schema) in sent {
            rename(&mut schema, &|name| Some(name_of(name)));
            all.insert(name_of(&name), schema);
        }
        rename(document, &|name| name.strip_suffix('~').map(name_of));
        all
    }
}

/// Names that mean one thing when sent and another when given, by themselves or by what they
/// are made of.
fn apart(given: &Map<String, Value>, sent: &Map<String, Value>) -> BTreeSet<String> {
    let differs = |name: &&String| given.get(*name).is_some_and(|known| *known != sent[*name]);
    let mut apart: BTreeSet<String> = sent.keys().filter(differs).cloned().collect();
    loop {
        let leads_there = |name: &&String| {
            let mut found = false;
            let mut schema = sent[*name].clone();
            rename(&mut schema, &|inner| {
                // A cell would serve as well; references are few.
                apart.contains(inner).then(|| "!".to_owned())
            });
            found |= schema.to_string().contains("#/components/schemas/!");
            found && given.contains_key(*name) && !apart.contains(*name)
        };
        let more: Vec<String> = sent.keys().filter(leads_there).cloned().collect();
        if more.is_empty() {
            return apart;
        }
        apart.extend(more);
    }
}

/// Gives references other names where `to` has one.
fn rename(value: &mut Value, to: &dyn Fn(&str) -> Option<String>) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(target)) = map.get_mut("$ref") {
                let name = target.strip_prefix(COMPONENTS).and_then(to);
                if let Some(name) = name {
                    *target = format!("{COMPONENTS}{name}");
                }
            }
            map.values_mut().for_each(|value| rename(value, to));
        }
        Value::Array(list) => list.iter_mut().for_each(|value| rename(value, to)),
        _ => {}
    }
}
