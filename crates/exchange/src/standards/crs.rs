//! Coordinate systems of maps of China, and the way from one to another.
//!
//! The ledger keeps CGCS2000, the legal one. WGS-84, which GeoJSON and the other standards
//! mean, differs from it by decimetres, less than a site is known to: no shift is made.
//! GCJ-02 is the shifted system of published maps, BD-09 a further shift of one of them.
//! Their formulas are not official; these are the published ones, which agree with the
//! published test points to a centimetre or better. Outside China GCJ-02 is WGS-84.

use std::f64::consts::PI;

/// A system of longitude and latitude, in degrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Crs {
    Wgs84,
    Cgcs2000,
    Gcj02,
    Bd09,
}

impl Crs {
    pub const ALL: [Crs; 4] = [Crs::Wgs84, Crs::Cgcs2000, Crs::Gcj02, Crs::Bd09];

    /// The code of options and addresses.
    pub fn code(self) -> &'static str {
        match self {
            Crs::Wgs84 => "wgs84",
            Crs::Cgcs2000 => "cgcs2000",
            Crs::Gcj02 => "gcj02",
            Crs::Bd09 => "bd09",
        }
    }

    pub fn parse(code: &str) -> Option<Crs> {
        Crs::ALL.into_iter().find(|crs| crs.code() == code)
    }

    /// The name a file states it by: a register's where one has it.
    pub fn name(self) -> &'static str {
        match self {
            Crs::Wgs84 => "urn:ogc:def:crs:OGC:1.3:CRS84",
            Crs::Cgcs2000 => "urn:ogc:def:crs:EPSG::4490",
            Crs::Gcj02 => "GCJ-02",
            Crs::Bd09 => "BD-09",
        }
    }

    /// Reads a name as files state it.
    pub fn named(name: &str) -> Option<Crs> {
        let plain: String =
            name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
        let ends = |ends: &[&str]| ends.iter().any(|end| plain.ends_with(end));
        if ends(&["crs84", "epsg4326", "wgs84"]) || plain == "4326" {
            return Some(Crs::Wgs84);
        }
        if ends(&["epsg4490", "cgcs2000"]) || plain == "4490" {
            return Some(Crs::Cgcs2000);
        }
        if ends(&["gcj02", "gcj", "mars"]) {
            return Some(Crs::Gcj02);
        }
        ends(&["bd09", "bd09ll"]).then_some(Crs::Bd09)
    }
}

/// Longitude and latitude in degrees.
pub type Point = (f64, f64);

/// Brings a point from one system into another.
pub fn convert(point: Point, from: Crs, to: Crs) -> Point {
    if from == to {
        return point;
    }
    let plain = match from {
        Crs::Wgs84 | Crs::Cgcs2000 => point,
        Crs::Gcj02 => unshifted(point),
        Crs::Bd09 => unshifted(bd_to_gcj(point)),
    };
    match to {
        Crs::Wgs84 | Crs::Cgcs2000 => plain,
        Crs::Gcj02 => shifted(plain),
        Crs::Bd09 => gcj_to_bd(shifted(plain)),
    }
}

/// Semi-major axis and squared eccentricity of the ellipsoid of Krassovsky, 1940.
const AXIS: f64 = 6_378_245.0;
const ECCENTRICITY: f64 = 0.006_693_421_622_965_943;

/// The box that the shift is applied in.
fn is_in_china((longitude, latitude): Point) -> bool {
    (72.004..=137.8347).contains(&longitude) && (0.8293..=55.8271).contains(&latitude)
}

fn shifted(point: Point) -> Point {
    if !is_in_china(point) {
        return point;
    }
    let (longitude, latitude) = shift(point);
    (point.0 + longitude, point.1 + latitude)
}

/// How far GCJ-02 lies from WGS-84 at a point, in degrees.
fn shift((longitude, latitude): Point) -> Point {
    let (x, y) = (longitude - 105.0, latitude - 35.0);
    let waves = 20.0 * (6.0 * x * PI).sin() + 20.0 * (2.0 * x * PI).sin();
    let root = x.abs().sqrt();
    let south = 20.0 * (y * PI).sin() + 40.0 * (y / 3.0 * PI).sin();
    let south = south + 160.0 * (y / 12.0 * PI).sin() + 320.0 * (y / 30.0 * PI).sin();
    let north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root;
    let north = north + (waves + south) * 2.0 / 3.0;
    let west = 20.0 * (x * PI).sin() + 40.0 * (x / 3.0 * PI).sin();
    let west = west + 150.0 * (x / 12.0 * PI).sin() + 300.0 * (x / 30.0 * PI).sin();
    let east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root;
    let east = east + (waves + west) * 2.0 / 3.0;
    let radians = latitude.to_radians();
    let magic = 1.0 - ECCENTRICITY * radians.sin().powi(2);
    let meridian = AXIS * (1.0 - ECCENTRICITY) / (magic * magic.sqrt());
    let parallel = AXIS / magic.sqrt() * radians.cos();
    ((east / parallel).to_degrees(), (north / meridian).to_degrees())
}

/// Undoes the shift: the point whose shifted one is given. The shift changes so slowly that
/// each round gains two digits and more; ten leave nothing that could be measured.
fn unshifted(point: Point) -> Point {
    if !is_in_china(point) {
        return point;
    }
    let mut guess = point;
    for _ in 0..10 {
        let (longitude, latitude) = shift(guess);
        guess = (point.0 - longitude, point.1 - latitude);
    }
    guess
}

const BD_WAVES: f64 = PI * 3000.0 / 180.0;
/// What BD-09 adds behind its own turn and stretch.
const BD_OFFSET: Point = (0.0065, 0.006);

fn gcj_to_bd((x, y): Point) -> Point {
    let length = x.hypot(y) + 0.00002 * (y * BD_WAVES).sin();
    let angle = y.atan2(x) + 0.000003 * (x * BD_WAVES).cos();
    (length * angle.cos() + BD_OFFSET.0, length * angle.sin() + BD_OFFSET.1)
}

/// The published way back is an approximation, good to some centimetres; it is only the
/// first guess here.
fn bd_to_gcj(point: Point) -> Point {
    let (x, y) = (point.0 - BD_OFFSET.0, point.1 - BD_OFFSET.1);
    let length = x.hypot(y) - 0.00002 * (y * BD_WAVES).sin();
    let angle = y.atan2(x) - 0.000003 * (x * BD_WAVES).cos();
    let mut guess = (length * angle.cos(), length * angle.sin());
    for _ in 0..10 {
        let there = gcj_to_bd(guess);
        guess = (guess.0 + point.0 - there.0, guess.1 + point.1 - there.1);
    }
    guess
}

/// A point in millionths of a degree of CGCS2000, as the ledger keeps it; `None` where it is
/// no point on the globe.
pub fn to_ledger(point: Point, from: Crs) -> Option<(i64, i64)> {
    let is_on_globe = (-180.0..=180.0).contains(&point.0) && (-90.0..=90.0).contains(&point.1);
    let (longitude, latitude) = convert(point, from, Crs::Cgcs2000);
    let millionths = |degrees: f64| (degrees * 1e6).round() as i64;
    is_on_globe.then(|| (millionths(longitude), millionths(latitude)))
}

/// The degrees of a point of the ledger in a system, as text. Converted ones have a digit
/// more than the ledger, so that coming back they round to the point they were.
pub fn from_ledger((longitude, latitude): (i64, i64), to: Crs) -> [String; 2] {
    match to {
        Crs::Wgs84 | Crs::Cgcs2000 => [longitude, latitude].map(super::record::degrees),
        _ => {
            let point = (longitude as f64 / 1e6, latitude as f64 / 1e6);
            let (longitude, latitude) = convert(point, Crs::Cgcs2000, to);
            [longitude, latitude].map(|degrees| format!("{degrees:.8}"))
        }
    }
}
