// Gets role credentials with the profile's cached SSO token, and asks STS whose they are.
package main

import (
	"context"
	"encoding/json"
	"log"
	"os"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

func main() {
	ctx := context.Background()
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		log.Fatal(err)
	}
	credentials, err := cfg.Credentials.Retrieve(ctx)
	if err != nil {
		log.Fatal(err)
	}
	identity, err := sts.NewFromConfig(cfg).GetCallerIdentity(ctx, nil)
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
