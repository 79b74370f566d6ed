//! Who owns a project and who is responsible for it.

use tici_domain::intake::At;

use super::codes::scheme;
use super::read_project::ProjectReader;
use crate::standards::json_in::Node;

/// Roles that make a party the owner, and the unit responsible, the first that is there.
const OWNERS: [&str; 3] = ["buyer", "procuringEntity", "publicAuthority"];
const UNITS: [&str; 2] = ["administrativeEntity", "publicAuthority"];

impl ProjectReader<'_, '_, '_> {
    pub(super) fn parties(&mut self) {
        let parties = self.node.list("parties");
        let with = |role: &str| parties.iter().find(|node| roles(node).contains(&role));
        let unit = UNITS.iter().find_map(|role| with(role));
        let owner = OWNERS.iter().find_map(|role| with(role));
        let owner = owner.filter(|owner| {
            // Who is responsible alone is no owner.
            let is_unit = unit.is_some_and(|unit| unit.at == owner.at);
            !is_unit || roles(owner).iter().any(|role| OWNERS[..2].contains(role))
        });
        if let Some(node) = owner {
            self.owner(node);
        }
        if let Some(node) = unit {
            self.row.lead_unit = node.text("name");
            self.row.sponsor = node.list("people").first().and_then(|node| node.text("jobTitle"));
            self.identity(node);
        }
        self.authority(unit);
    }

    fn owner(&mut self, node: &Node<'_, '_>) {
        self.row.enterprise = node.text("name");
        if let Some(identifier) = node.get("identifier") {
            let register = identifier.text("scheme");
            let id = identifier.text("id");
            identifier.text("legalName");
            self.row.enterprise_code = id.map(|at| match &register {
                Some(register) if register.value != scheme::USCC => {
                    At { value: format!("{}-{}", register.value, at.value), ..at }
                }
                _ => at,
            });
        }
        self.identity(node);
        let firm = &mut self.row.firm;
        firm.place = node.find(&["address"]).and_then(|node| node.text("locality")).map(value);
        for node in node.list("classifications") {
            let known = node.get("scheme").and_then(|node| node.value.as_str());
            let into = match known {
                Some(scheme::INDUSTRY) => &mut firm.industry,
                Some(scheme::CHAIN) => &mut firm.chain,
                Some(scheme::SHORT) => &mut firm.short,
                Some(scheme::KEY_FIRM) => {
                    firm.is_key = true;
                    node.take();
                    continue;
                }
                _ => continue,
            };
            *into = node.text("id").map(value);
            node.take();
        }
    }

    /// Marks what only says who the party is as read.
    fn identity(&self, node: &Node<'_, '_>) {
        for key in ["id", "roles"] {
            if let Some(node) = node.get(key) {
                node.take();
            }
        }
        if self.is_ours {
            node.list("people").iter().for_each(Node::take);
        }
    }

    /// The reference says again who is responsible; one that names somebody else is the
    /// responsible unit where no party is.
    fn authority(&mut self, unit: Option<&Node<'_, '_>>) {
        let Some(reference) = self.node.get("publicAuthority") else { return };
        let name = reference.text("name");
        if unit.is_none() {
            self.row.lead_unit = name;
        }
        if let Some(id) = reference.get("id") {
            id.take();
        }
    }
}

fn roles<'v>(node: &Node<'v, '_>) -> Vec<&'v str> {
    let roles = node.value.get("roles").and_then(|roles| roles.as_array());
    roles.into_iter().flatten().filter_map(|role| role.as_str()).collect()
}

fn value(at: At<String>) -> String {
    at.value
}
