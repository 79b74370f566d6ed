//! The server's loop.

use std::future::Future;

use axum::Router;
use tokio::net::TcpListener;

/// Serves until `stop` is done, then lets running requests end.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, router).with_graceful_shutdown(stop).await
}
