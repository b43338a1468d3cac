package signal

// isInterface tells descriptions of messages and calls, from which both sides
// are built.
func isInterface(p place) bool {
	switch {
	case p.hasExt(".proto", ".thrift", ".avsc", ".avdl", ".avpr", ".fbs", ".capnp", ".graphql", ".graphqls", ".gql", ".smithy", ".tsp", ".raml", ".wsdl",
		".wadl", ".xsd", ".idl", ".wit", ".asn1", ".asn", ".aidl", ".odl", ".msg", ".srv", ".xdr"):
		return true
	case !p.yaml():
		return false
	case p.begins("openapi.", "openapi-", "openapi_", "swagger.", "swagger-", "swagger_", "asyncapi.", "asyncapi-", "asyncapi_"):
		return true
	case p.named("openapi", "swagger", "schema.json", "introspection.json", "graphql.schema.json"):
		return true
	case p.ends(".schema.json", ".schema.yaml", ".schema.yml", "-schema.json", "_schema.json", "openapi.json", "openapi.yaml", "openapi.yml",
		"swagger.json", "swagger.yaml"):
		return true
	}
	return p.under("openapi", "swagger", "asyncapi", "jsonschema", "json-schema", "avro", "oas")
}
