//! The tag of the list a project stands on.

use super::svg::escape;
use tici_domain::ListTier;

/// 省列 is ink-filled, all others outlined.
///
/// ```
/// use tici_domain::ListTier;
/// use tici_web::charts::tier;
/// assert_eq!(tier(ListTier::Province, "省列"), "<span class=\"tier p\">省列</span>");
/// ```
pub fn tier(tier: ListTier, name: &str) -> String {
    let class = if tier == ListTier::Province { "tier p" } else { "tier" };
    format!("<span class=\"{class}\">{}</span>", escape(name))
}
