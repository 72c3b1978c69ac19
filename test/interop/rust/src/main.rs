//! Gets role credentials with the profile's cached SSO token, and asks STS whose they are.

use aws_config::BehaviorVersion;
use aws_sdk_sts::config::ProvideCredentials;
use aws_smithy_http_client::Builder;
use std::{error::Error, time::UNIX_EPOCH};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let config = aws_config::defaults(BehaviorVersion::latest())
        .http_client(Builder::new().build_http())
        .load()
        .await;
    let provider = config.credentials_provider().ok_or("no credentials provider")?;
    let credentials = provider.provide_credentials().await?;
    let expiry = credentials.expiry().ok_or("credentials without expiry")?;
    let identity = aws_sdk_sts::Client::new(&config).get_caller_identity().send().await?;
    println!(
        r#"{{"account":{:?},"arn":{:?},"accessKeyId":{:?},"expiresAtMs":{}}}"#,
        identity.account().unwrap_or_default(),
        identity.arn().unwrap_or_default(),
        credentials.access_key_id(),
        expiry.duration_since(UNIX_EPOCH)?.as_millis(),
    );
    Ok(())
}
