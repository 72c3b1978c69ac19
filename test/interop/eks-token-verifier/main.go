// Verifies a token of "aws eks get-token" as an EKS cluster does: with the verifier of aws-iam-authenticator, unmodified.
//
// The verifier accepts tokens of AWS's own STS host names alone. Requests to these hosts go to the server that
// STS_URL names, as on a network whose DNS points them there; everything in them stays as the verifier made it.
package main

import (
	"encoding/json"
	"log"
	"net/http"
	"net/url"
	"os"

	"sigs.k8s.io/aws-iam-authenticator/pkg/token"
)

type redirect struct {
	to   *url.URL
	next http.RoundTripper
}

func (r redirect) RoundTrip(request *http.Request) (*http.Response, error) {
	sent := request.Clone(request.Context())
	sent.Host = request.URL.Host
	sent.URL.Scheme = r.to.Scheme
	sent.URL.Host = r.to.Host
	return r.next.RoundTrip(sent)
}

func main() {
	to, err := url.Parse(os.Getenv("STS_URL"))
	if err != nil {
		log.Fatal(err)
	}
	http.DefaultTransport = redirect{to, http.DefaultTransport}
	clusterID, region, presented := os.Args[1], os.Args[2], os.Args[3]
	identity, err := token.NewVerifier(clusterID, "aws", region).Verify(presented)
	if err != nil {
		log.Fatal(err)
	}
	err = json.NewEncoder(os.Stdout).Encode(map[string]any{
		"arn":         identity.ARN,
		"account":     identity.AccountID,
		"sessionName": identity.SessionName,
		"userId":      identity.UserID,
	})
	if err != nil {
		log.Fatal(err)
	}
}
