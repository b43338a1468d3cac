package signal

import "strings"

// isDeployment tells what packs a program and what says where it runs.
func isDeployment(p place) bool {
	return isContainer(p) || isPlatform(p) || isCluster(p) || isProvisioning(p)
}

// isContainer tells container files and compose files, and not a parser of
// them.
func isContainer(p place) bool {
	for _, name := range []string{"dockerfile", "containerfile"} {
		rest, found := strings.CutPrefix(p.name, name)
		if found && (rest == "" || strings.ContainsAny(rest[:1], ".-_") && !p.source()) || p.ext == "."+name {
			return true
		}
	}
	if p.named("docker-bake.hcl", "docker-bake.json", "podman-compose.yml", "docker-stack.yml", "docker-cloud.yml") {
		return true
	}
	return p.hasExt(".yml", ".yaml") && composeName(strings.TrimPrefix(p.stem, "docker-"))
}

func composeName(stem string) bool {
	rest, found := strings.CutPrefix(stem, "compose")
	return found && (rest == "" || strings.ContainsAny(rest[:1], ".-_"))
}

// isPlatform tells the files that hosting platforms read by name.
func isPlatform(p place) bool {
	switch {
	case p.named("fly.toml", "vercel.json", "vercel.ts", "now.json", "netlify.toml", "_redirects", "_headers", "app.yaml", "app.yml", "heroku.yml", "render.yaml",
		"railway.toml", "railway.json", "skaffold.yaml", "wrangler.toml", "wrangler.json", "wrangler.jsonc", "amplify.yml", "apprunner.yaml", "nixpacks.toml",
		"captain-definition", "okteto.yml", "devspace.yaml", "werf.yaml", "tiltfile", "firebase.json", ".firebaserc", "samconfig.toml", "cdk.json",
		"pulumi.yaml", "dockerrun.aws.json", "appspec.yml", "appspec.yaml", "task-definition.json", "ecosystem.config.js", "ecosystem.config.cjs",
		"supervisord.conf", "crontab",
		"project.toml", "apphosting.yaml", "cron.yaml", "dispatch.yaml", "sst.config.ts", "kamal.yml", "dokploy.json"):
		return true
	case p.begins("procfile") && !p.source(), p.begins("serverless.") && p.hasExt(".yml", ".yaml", ".json", ".ts",
		".js"), p.begins("pulumi.") && p.hasExt(".yaml", ".yml"):
		return true
	case p.begins("fly.") && p.ext == ".toml", p.path == "config/deploy.yml", p.under(".do", ".ebextensions", ".platform", ".upsun", ".kamal"):
		return true
	}
	return p.hasExt(".service", ".timer", ".socket") && !p.under("src")
}

// isCluster tells Kubernetes manifests, Kustomize and Helm by folder or name.
func isCluster(p place) bool {
	switch {
	case p.named("kustomization.yaml", "kustomization.yml", "chart.yaml", "helmfile.yaml", "helmfile.yml", "helmfile.yaml.gotmpl", "values.yaml",
		"values.yml", ".helmignore"):
		return true
	case p.begins("values-", "values.", "values_") && p.hasExt(".yml", ".yaml"):
		return true
	case p.ext == ".tpl" || p.name == "notes.txt":
		return p.under("charts", "chart", "helm")
	}
	return p.hasExt(".yml", ".yaml", ".json") && p.under("k8s", "kubernetes", "kube", "manifests", "kustomize", "overlays", "charts", "chart", "helm", "argocd",
		"flux", "fluxcd", "gitops", "deploy", "deployment", "deployments", "openshift", "rancher", "istio")
}

// isProvisioning tells Ansible's playbooks and the values of Terraform.
func isProvisioning(p place) bool {
	switch {
	case p.hasExt(".tfvars", ".bicepparam", ".tfbackend"), p.ends(".tfvars.json", ".parameters.json"), p.named("ansible.cfg"):
		return true
	case p.under("ansible", "playbooks", "group_vars", "host_vars") && (p.hasExt(".yml", ".yaml", ".ini", ".j2", ".cfg") || p.named("hosts", "inventory")):
		return true
	case p.begins("playbook") && p.hasExt(".yml", ".yaml"):
		return true
	}
	return p.under("roles") && p.under("tasks", "handlers", "vars", "defaults", "meta", "templates") && p.hasExt(".yml", ".yaml", ".j2")
}
