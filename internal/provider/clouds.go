package provider

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"google.golang.org/genai"
)

// bedrock is Amazon Bedrock's own endpoint for Anthropic's Messages API, which
// takes an API key of Bedrock. Its ids have a prefix: anthropic.claude-opus-5-5.
// The SDK of AWS would add its signatures, and megabytes.
// https://docs.aws.amazon.com/bedrock/latest/userguide/inference-messages-api.html
func bedrock() Vendor {
	return Vendor{
		Name: "bedrock", Example: "https://bedrock-mantle.us-east-1.api.aws/anthropic",
		open: func(o Options) (completer, error) {
			e, err := newEndpoint("bedrock", o)
			return &Anthropic{e}, err
		},
	}
}

// azure is the v1 API of Azure OpenAI, which takes OpenAI's requests and a
// resource's key. The model of a request is the name of a deployment.
// https://learn.microsoft.com/azure/foundry/openai/api-version-lifecycle
func azure() Vendor {
	return Vendor{
		Name: "azure", Example: "https://RESOURCE.openai.azure.com/openai/v1",
		open: func(o Options) (completer, error) {
			e, err := newEndpoint("azure", o)
			return &OpenAI{e}, err
		},
	}
}

// vertex is Google's models on Vertex AI, with an access token of Google Cloud
// for a key. The address holds project and location.
// https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference
func vertex() Vendor {
	return Vendor{
		Name: "vertex", Example: "https://LOCATION-aiplatform.googleapis.com/v1/projects/PROJECT/locations/LOCATION",
		open: func(o Options) (completer, error) {
			e, err := newEndpoint("vertex", o)
			if err != nil {
				return nil, err
			}
			config, err := vertexConfig(e)
			if err != nil {
				return nil, fmt.Errorf("open vertex: base URL: %w", err)
			}
			return &Gemini{e, func() genai.ClientConfig { return config }}, nil
		},
	}
}

// vertexConfig takes the address apart. With project and location given, the
// SDK reads neither them nor a key from the environment; the token goes into
// the header that it would fill from credentials it finds.
func vertexConfig(e endpoint) (genai.ClientConfig, error) {
	root := *e.base
	parts := strings.Split(strings.Trim(root.Path, "/"), "/")
	if len(parts) != 5 || parts[1] != "projects" || parts[3] != "locations" || parts[0] == "" || parts[2] == "" || parts[4] == "" {
		return genai.ClientConfig{}, errors.New("expected https://HOST/v1/projects/PROJECT/locations/LOCATION")
	}
	root.Path = ""
	return genai.ClientConfig{
		Backend: genai.BackendVertexAI, Project: parts[2], Location: parts[4],
		HTTPOptions: genai.HTTPOptions{
			BaseURL: root.String(), APIVersion: parts[0],
			Headers: http.Header{"Authorization": {"Bearer " + e.options.APIKey}},
		},
	}, nil
}
