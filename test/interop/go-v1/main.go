// Gets role credentials with the profile's cached SSO token, and asks STS whose they are, by version 1 of the SDK.
package main

import (
	"encoding/json"
	"log"
	"os"

	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/aws/aws-sdk-go/service/sts"
)

func main() {
	options := session.Options{SharedConfigState: session.SharedConfigEnable}
	identity, err := sts.New(session.Must(session.NewSessionWithOptions(options))).GetCallerIdentity(nil)
	if err != nil {
		log.Fatal(err)
	}
	err = json.NewEncoder(os.Stdout).Encode(map[string]any{"arn": *identity.Arn})
	if err != nil {
		log.Fatal(err)
	}
}
