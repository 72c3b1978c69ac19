// Configures aws-sdk-go-base as Terraform's AWS provider does, and asks STS whose the credentials are. The flags stand
// for the provider's "endpoints" block.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"log"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	awsbase "github.com/hashicorp/aws-sdk-go-base/v2"
)

func main() {
	provider := awsbase.Config{CallerName: "Terraform AWS Provider", MaxRetries: 25}
	flag.StringVar(&provider.SsoEndpoint, "sso-endpoint", "", "endpoints { sso = ... }")
	flag.StringVar(&provider.StsEndpoint, "sts-endpoint", "", "endpoints { sts = ... }")
	flag.Parse()

	// Checks the credentials with GetCallerIdentity, unless skip_credentials_validation says otherwise.
	ctx, cfg, diags := awsbase.GetAwsConfig(context.Background(), &provider)
	for _, problem := range diags {
		log.Printf("%s: %s: %s", problem.Severity(), problem.Summary(), problem.Detail())
	}
	if diags.HasError() {
		os.Exit(1)
	}
	credentials, err := cfg.Credentials.Retrieve(ctx)
	if err != nil {
		log.Fatal(err)
	}
	identity, err := sts.NewFromConfig(cfg, func(options *sts.Options) {
		if provider.StsEndpoint != "" {
			options.BaseEndpoint = aws.String(provider.StsEndpoint)
		}
	}).GetCallerIdentity(ctx, nil)
	if err != nil {
		log.Fatal(err)
	}
	err = json.NewEncoder(os.Stdout).Encode(map[string]any{
		"account":     *identity.Account,
		"arn":         *identity.Arn,
		"accessKeyId": credentials.AccessKeyID,
		"expiresAtMs": credentials.Expires.UnixMilli(),
	})
	if err != nil {
		log.Fatal(err)
	}
}
