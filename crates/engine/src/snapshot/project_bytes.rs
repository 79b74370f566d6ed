//! A firm, and a project with its lists, claims and milestones, as bytes and back. A new
//! field of one of these rows does not compile before it is read here; then it has to be
//! written as well, and [`super::image::FORMAT`] to be raised.

use tici_domain::change::{Enterprise, ListMembership, Milestone, Project, StageClaim, Verdict};
use tici_domain::{Currency, ListTier, SideState, Stage};

use super::bytes::{In, Out};
use super::projects::{ClaimState, ProjectEntry, search_text};

pub(super) fn write_entry(out: &mut Out, of: &ProjectEntry) {
    // What search looks in is made from the project again.
    let ProjectEntry { project, entry, lists, claims, milestones, search: _ } = of;
    write_project(out, project);
    out.int(*entry);
    out.list(lists, |out, (row, entry)| {
        write_list(out, row);
        out.int(*entry);
    });
    out.list(claims, |out, ClaimState { claim, entry, verdict }| {
        write_claim(out, claim);
        out.int(*entry);
        out.opt(*verdict, |out, (verdict, entry)| {
            out.text(verdict.code());
            out.int(entry);
        });
    });
    out.list(milestones, |out, (row, entry)| {
        write_milestone(out, row);
        out.int(*entry);
    });
}

pub(super) fn read_entry(read: &mut In<'_>) -> Option<ProjectEntry> {
    let project = read_project(read)?;
    Some(ProjectEntry {
        search: search_text(&project),
        project,
        entry: read.int()?,
        lists: read.list(|read| Some((read_list(read)?, read.int()?)))?,
        claims: read.list(|read| {
            Some(ClaimState {
                claim: read_claim(read)?,
                entry: read.int()?,
                verdict: read.opt(|read| Some((read.code(Verdict::parse)?, read.int()?)))?,
            })
        })?,
        milestones: read.list(|read| Some((read_milestone(read)?, read.int()?)))?,
    })
}

fn write_project(out: &mut Out, row: &Project) {
    let Project { id, code, national_code, name, parent, parent_share, enterprise, .. } = row;
    let Project { place, currency, chain, industry, sector, nature, content, .. } = row;
    let Project { build_from, build_to, lead_unit, sponsor, state, location, aliases, .. } = row;
    out.int(*id);
    out.text(code);
    out.opt_text(national_code.as_ref());
    out.name(name);
    [parent, parent_share, enterprise, place].into_iter().for_each(|value| out.opt_int(*value));
    out.text(currency.code());
    [chain, industry, sector].into_iter().for_each(|text| out.opt_text(text.as_ref()));
    out.opt_int(*nature);
    out.opt_name(content.as_ref());
    [build_from, build_to].into_iter().for_each(|day| out.opt_date(*day));
    [lead_unit, sponsor].into_iter().for_each(|name| out.opt_name(name.as_ref()));
    out.text(state.code());
    out.opt(*location, |out, (longitude, latitude)| {
        out.int(longitude);
        out.int(latitude);
    });
    out.list(aliases, |out, alias| out.text(alias));
}

fn read_project(read: &mut In<'_>) -> Option<Project> {
    Some(Project {
        id: read.int()?,
        code: read.text()?,
        national_code: read.opt_text()?,
        name: read.name()?,
        parent: read.opt_int()?,
        parent_share: read.opt_int()?,
        enterprise: read.opt_int()?,
        place: read.opt_int()?,
        currency: read.code(Currency::parse)?,
        chain: read.opt_text()?,
        industry: read.opt_text()?,
        sector: read.opt_text()?,
        nature: read.opt_int()?,
        content: read.opt_name()?,
        build_from: read.opt_date()?,
        build_to: read.opt_date()?,
        lead_unit: read.opt_name()?,
        sponsor: read.opt_name()?,
        state: read.code(SideState::parse)?,
        location: read.opt(|read| Some((read.int()?, read.int()?)))?,
        aliases: read.list(In::text)?,
    })
}

fn write_list(out: &mut Out, row: &ListMembership) {
    let ListMembership { id, project, tier, year, version, from, until, reason, replaces } = row;
    [id, project].into_iter().for_each(|value| out.int(*value));
    out.text(tier.code());
    [year, version].into_iter().for_each(|value| out.int(*value));
    out.date(*from);
    out.opt_date(*until);
    out.opt_text(reason.as_ref());
    out.opt_int(*replaces);
}

fn read_list(read: &mut In<'_>) -> Option<ListMembership> {
    Some(ListMembership {
        id: read.int()?,
        project: read.int()?,
        tier: read.code(ListTier::parse)?,
        year: read.int()?,
        version: read.int()?,
        from: read.date()?,
        until: read.opt_date()?,
        reason: read.opt_text()?,
        replaces: read.opt_int()?,
    })
}

fn write_claim(out: &mut Out, row: &StageClaim) {
    let StageClaim { id, project, stage, on, evidence, note, sheet, cell, replaces } = row;
    [id, project].into_iter().for_each(|value| out.int(*value));
    out.text(stage.code());
    out.date(*on);
    out.list(evidence, |out, attachment| out.int(*attachment));
    [note, sheet, cell].into_iter().for_each(|text| out.opt_text(text.as_ref()));
    out.opt_int(*replaces);
}

fn read_claim(read: &mut In<'_>) -> Option<StageClaim> {
    Some(StageClaim {
        id: read.int()?,
        project: read.int()?,
        stage: read.code(Stage::parse)?,
        on: read.date()?,
        evidence: read.list(In::int)?,
        note: read.opt_text()?,
        sheet: read.opt_text()?,
        cell: read.opt_text()?,
        replaces: read.opt_int()?,
    })
}

fn write_milestone(out: &mut Out, row: &Milestone) {
    let Milestone { id, project, key, name, planned_from, planned, actual_from, .. } = row;
    let Milestone { actual, expected, reason, replaces, .. } = row;
    [id, project].into_iter().for_each(|value| out.int(*value));
    out.text(key);
    out.name(name);
    [planned_from, planned, actual_from, actual, expected]
        .into_iter()
        .for_each(|day| out.opt_date(*day));
    out.opt_text(reason.as_ref());
    out.opt_int(*replaces);
}

fn read_milestone(read: &mut In<'_>) -> Option<Milestone> {
    Some(Milestone {
        id: read.int()?,
        project: read.int()?,
        key: read.text()?,
        name: read.name()?,
        planned_from: read.opt_date()?,
        planned: read.opt_date()?,
        actual_from: read.opt_date()?,
        actual: read.opt_date()?,
        expected: read.opt_date()?,
        reason: read.opt_text()?,
        replaces: read.opt_int()?,
    })
}

pub(super) fn write_enterprise(out: &mut Out, row: &Enterprise) {
    let Enterprise { id, code, name, short, place, chain, industry, is_key } = row;
    out.int(*id);
    out.opt_text(code.as_ref());
    [name, short].into_iter().for_each(|name| out.name(name));
    out.opt_int(*place);
    [chain, industry].into_iter().for_each(|text| out.opt_text(text.as_ref()));
    out.int(i64::from(*is_key));
}

pub(super) fn read_enterprise(read: &mut In<'_>) -> Option<Enterprise> {
    Some(Enterprise {
        id: read.int()?,
        code: read.opt_text()?,
        name: read.name()?,
        short: read.name()?,
        place: read.opt_int()?,
        chain: read.opt_text()?,
        industry: read.opt_text()?,
        is_key: read.int()? != 0,
    })
}
