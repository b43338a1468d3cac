package signal

import "testing"

func TestWhatOtherMachinesReach(t *testing.T) {
	t.Parallel()
	checkLines(t, accessWidened(), reachedByOthers(), reachedAlike())
}

func reachedByOthers() []lineCase {
	return []lineCase{
		{"a port without its address", "docker-compose.yml", "     ports:\n-      - \"127.0.0.1:5432:5432\"\n+      - \"5432:5432\""},
		{"a port on every address", "compose.yaml", "     ports:\n-      - 127.0.0.1:5432:5432\n+      - 0.0.0.0:5432:5432"},
		{"the address of a port goes", "docker-compose.yml", "-        host_ip: 127.0.0.1\n         target: 5432"},
		{"Redis on every address", "redis.conf", "-bind 127.0.0.1\n+bind 0.0.0.0"},
		{"Redis on every address by a star", "redis.conf", "-bind 127.0.0.1 -::1\n+bind * -::*"},
		{"PostgreSQL on every address", "postgresql.conf", "-listen_addresses = 'localhost'\n+listen_addresses = '*'"},
		{"MySQL on every address", "my.cnf", "-bind-address = 127.0.0.1\n+bind-address = 0.0.0.0"},
		{"an address that is a port now", "config/app.yml", "-listen: 127.0.0.1:8080\n+listen: :8080"},
		{"a server in Go", "main.go", "-\thttp.ListenAndServe(\"127.0.0.1:8080\", h)\n+\thttp.ListenAndServe(\":8080\", h)"},
		{"nginx by its port", "nginx.conf", "-    listen 127.0.0.1:8080;\n+    listen 8080;"},
		{"every address of version 6", "config/app.yml", "-host: \"::1\"\n+host: \"::\""},
		{"a port of a command", "run.sh", "-docker run -p 127.0.0.1:6379:6379 redis:7\n+docker run -p 6379:6379 redis:7"},
		{"MongoDB on every address", "mongod.conf", "-  bindIp: 127.0.0.1\n+  bindIp: 0.0.0.0"},
		{"MongoDB by its switch", "mongod.conf", "+  bindIpAll: true"},
		{"a service with a balancer", "k8s/svc.yaml", "-  type: ClusterIP\n+  type: LoadBalancer"},
	}
}

func reachedAlike() []lineCase {
	return []lineCase{
		{"another host of a database", "config/app.yml", "-db_host: localhost\n+db_host: db"},
		{"another port of one's own machine", "docker-compose.yml", "-      - \"127.0.0.1:5432:5432\"\n+      - \"127.0.0.1:5433:5432\""},
		{"a port that got its address", "docker-compose.yml", "-      - \"5432:5432\"\n+      - \"127.0.0.1:5432:5432\""},
		{"a service without its balancer", "k8s/svc.yaml", "-  type: LoadBalancer\n+  type: ClusterIP"},
		{"a test of a server", "a_test.go", "-\tl := listen(\"127.0.0.1:0\")\n+\tl := listen(\":0\")"},
		{"a port that stays", "compose.yaml", "-      - 127.0.0.1:5432:5432\n+      - 127.0.0.1:5432:5432 # db"},
	}
}
