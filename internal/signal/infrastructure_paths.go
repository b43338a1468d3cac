package signal

import "strings"

// isInfrastructure tells the code of clouds and machines: what is applied, and
// not what only feeds it with values.
func isInfrastructure(p place) bool {
	switch {
	case p.hasExt(".tf", ".tofu", ".bicep", ".nomad", ".pp", ".sls"), p.ends(".tf.json", ".tofu.json", ".pkr.hcl", ".pkr.json", ".nomad.hcl", ".tfquery.hcl"):
		return true
	case p.named("terragrunt.hcl", "root.hcl"), p.under("terragrunt") && p.ext == ".hcl":
		return true
	case p.under("cdk", "cdktf", "pulumi", "iac", "terraform", "opentofu") && p.source():
		return true
	case p.under("crossplane", "compositions") && p.hasExt(".yml", ".yaml"), p.ext == ".xrd":
		return true
	}
	return cloudTemplate(p)
}

// cloudTemplate tells CloudFormation, SAM and ARM by their usual names.
func cloudTemplate(p place) bool {
	if !p.yaml() && p.ext != ".template" {
		return false
	}
	switch {
	case p.named("template.yaml", "template.yml", "azuredeploy.json", "maintemplate.json"), p.ends(".cfn.yaml", ".cfn.yml", ".cfn.json", ".cloudformation.yaml"):
		return true
	case p.ends(".template.yaml", ".template.yml", ".template.json") && p.under("cdk", "cdk.out", "aws", "cfn", "sam", "stacks"):
		return true
	}
	return p.under("cloudformation", "cfn", "sam") && !strings.Contains(p.name, "param") || p.ext == ".template" && p.under("aws", "stacks")
}
