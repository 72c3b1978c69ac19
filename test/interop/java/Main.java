import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.services.sts.StsClient;

/** Gets role credentials with the profile's cached SSO token, and asks STS whose they are. */
class Main {
    public static void main(String[] arguments) {
        try (var provider = DefaultCredentialsProvider.builder().build();
                var sts = StsClient.builder().credentialsProvider(provider).build()) {
            var credentials = provider.resolveCredentials();
            var identity = sts.getCallerIdentity();
            System.out.printf(
                    "{\"account\":\"%s\",\"arn\":\"%s\",\"accessKeyId\":\"%s\"}%n",
                    identity.account(),
                    identity.arn(),
                    credentials.accessKeyId());
        }
    }
}
