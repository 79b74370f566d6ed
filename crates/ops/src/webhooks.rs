//! Addresses that are told what happens: kept, told, and their messages sent.
//!
//! Messages are made from the journal, never from within a write: an address remembers how
//! many entries it has been told of, so that nothing is lost when the server stops, and a
//! write waits for nobody. A message may come twice; its id is the same both times.

mod address;
mod keep;
mod messages;
mod send;
mod sign;
mod tell;

pub use address::{Networks, PRIVATE_SETTING};
pub use keep::{
    NewWebhook, PutWebhook, WebhookPage, WebhookView, allow_private, put_webhook, send_again,
    send_test, set_active, view_webhook, view_webhooks,
};
pub use send::{Outgoing, Sender, send_due};
pub use sign::{SECRET_PREFIX, signature};
pub use tell::tell;
pub use tici_store::Delivery;
