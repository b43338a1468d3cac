// Package ledgerservers starts PostgreSQL and ClickHouse from Debian's packages
// on loopback, in a folder of the test's own, as a user without rights.
package ledgerservers

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Password is that of every user of the servers.
const Password = "loopback-only"

// Server is one program that can be killed and started again.
type Server struct {
	t    testing.TB
	args []string
	dir  string
	up   func() bool
	cmd  *exec.Cmd
}

// Start starts the program and waits until it answers. A port that was free may
// be taken for a moment when the program wants it, so it gets three tries.
func (s *Server) Start() {
	s.t.Helper()
	said := ""
	for range 3 {
		var up bool
		if said, up = s.try(); up {
			return
		}
	}
	s.t.Fatalf("%s did not answer:\n%s", s.args[0], said)
}

// try waits half a minute, and gives what the program said.
func (s *Server) try() (string, bool) {
	s.t.Helper()
	s.cmd = asNobody(exec.Command(s.args[0], s.args[1:]...), s.dir)
	var said bytes.Buffer
	s.cmd.Stdout, s.cmd.Stderr = &said, &said
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	for range 600 {
		if s.up() {
			return "", true
		}
		time.Sleep(50 * time.Millisecond)
	}
	s.Kill()
	return said.String(), false
}

// Kill ends the program at once, as a machine that fails does.
func (s *Server) Kill() {
	if s.cmd == nil {
		return
	}
	_ = syscall.Kill(-s.cmd.Process.Pid, syscall.SIGKILL)
	_ = s.cmd.Wait()
	s.cmd = nil
}

// asNobody drops root's rights and gives the program a group of its own.
func asNobody(cmd *exec.Cmd, dir string) *exec.Cmd {
	cmd.Dir = dir
	cmd.Env = []string{"PATH=/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL=C", "HOME=" + dir, "TZ=UTC"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if os.Getuid() == 0 {
		uid, gid := nobody()
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uid, Gid: gid}
	}
	return cmd
}

func nobody() (uid, gid uint32) {
	u, err := user.Lookup("nobody")
	if err != nil {
		return 65534, 65534
	}
	a, _ := strconv.ParseUint(u.Uid, 10, 32)
	b, _ := strconv.ParseUint(u.Gid, 10, 32)
	return uint32(a), uint32(b)
}

// folder makes a folder that nobody owns. The testing package's own stands in
// one that only root may enter.
func folder(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "tierwise-"+name+"-") //nolint:usetesting // see above
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	give(t, dir)
	return dir
}

func give(t testing.TB, path string) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	uid, gid := nobody()
	if err := os.Chown(path, int(uid), int(gid)); err != nil {
		t.Fatal(err)
	}
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	give(t, path)
}

// freePort gives a port that nobody listens on now.
func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close() //nolint:errcheck // it was only asked for a port
	at, ok := l.Addr().(*net.TCPAddr)
	if !ok {
		t.Fatal("a listener without a port")
	}
	return at.Port
}

func run(t testing.TB, dir, name string, args ...string) string {
	t.Helper()
	out, err := asNobody(exec.Command(name, args...), dir).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// Postgres is a PostgreSQL of the test's own.
type Postgres struct {
	*Server
	Port int
	bin  string
}

// Address is that of a user, without a password.
func (p *Postgres) Address(user string) string {
	return fmt.Sprintf("postgres://%s@127.0.0.1:%d/postgres", user, p.Port)
}

// SQL runs statements as the owner.
func (p *Postgres) SQL(statements string) string {
	p.t.Helper()
	cmd := asNobody(exec.Command(filepath.Join(p.bin, "psql"), "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", p.Address("owner"), "-c", statements), p.dir)
	cmd.Env = append(cmd.Env, "PGPASSWORD="+Password)
	out, err := cmd.CombinedOutput()
	if err != nil {
		p.t.Fatalf("psql: %v\n%s", err, out)
	}
	return strings.TrimSpace(string(out))
}

// StartPostgres makes a cluster with a user "owner" and starts it.
func StartPostgres(t testing.TB) *Postgres {
	t.Helper()
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		t.Fatal("PostgreSQL is not installed: run make ledger-system")
	}
	bin, dir, port := filepath.Dir(found[len(found)-1]), folder(t, "postgres"), freePort(t)
	write(t, dir+"/pw", Password)
	run(t, dir, bin+"/initdb", "-D", dir+"/data", "-U", "owner", "--pwfile="+dir+"/pw", "--auth=scram-sha-256", "-E", "UTF8", "--locale=C")
	p := &Postgres{Port: port, bin: bin, Server: &Server{t: t, dir: dir, args: []string{
		bin + "/postgres", "-D", dir + "/data", "-p", strconv.Itoa(port), "-h", "127.0.0.1", "-k", dir, "-c", "max_connections=100", "-c", "shared_buffers=256MB",
	}}}
	p.up = func() bool {
		return asNobody(exec.Command(bin+"/pg_isready", "-q", "-h", "127.0.0.1", "-p", strconv.Itoa(port)), dir).Run() == nil
	}
	t.Cleanup(p.Kill)
	p.Start()
	return p
}

// ClickHouse is two shards of the test's own, behind the cluster "two".
type ClickHouse struct {
	Shards [2]*Server
	ports  [2]int
}

// Address is that of a shard, with the cluster, without a password.
func (c *ClickHouse) Address(shard int) string {
	return fmt.Sprintf("clickhouse://default@127.0.0.1:%d/default?cluster=two", c.ports[shard])
}

// StartClickHouse starts both shards.
func StartClickHouse(t testing.TB) *ClickHouse {
	t.Helper()
	if _, err := os.Stat("/usr/sbin/clickhouse-server"); err != nil {
		t.Fatal("ClickHouse is not installed: run make ledger-system")
	}
	c := &ClickHouse{ports: [2]int{freePort(t), freePort(t)}}
	tcp := [2]int{freePort(t), freePort(t)}
	for i := range c.Shards {
		c.Shards[i] = startShard(t, c.ports[i], tcp[i], freePort(t), tcp)
	}
	return c
}

func startShard(t testing.TB, httpPort, tcpPort, other int, tcp [2]int) *Server {
	dir := folder(t, "clickhouse")
	var shards strings.Builder
	for _, port := range tcp {
		fmt.Fprintf(&shards, "<shard><internal_replication>true</internal_replication><replica><host>127.0.0.1</host><port>%d</port><user>default</user><password>%s</password></replica></shard>", port, Password)
	}
	write(t, dir+"/config.xml", fmt.Sprintf(`<yandex><logger><level>warning</level><log>%[1]s/log</log><errorlog>%[1]s/err</errorlog></logger>
<http_port>%[2]d</http_port><tcp_port>%[3]d</tcp_port><interserver_http_port>%[4]d</interserver_http_port><interserver_http_host>127.0.0.1</interserver_http_host>
<listen_host>127.0.0.1</listen_host><max_concurrent_queries>300</max_concurrent_queries><path>%[1]s/data/</path><tmp_path>%[1]s/tmp/</tmp_path><mark_cache_size>268435456</mark_cache_size>
<users_config>%[1]s/users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database><timezone>UTC</timezone>
<remote_servers><two>%[5]s</two></remote_servers></yandex>`, dir, httpPort, tcpPort, other, shards.String()))
	write(t, dir+"/users.xml", fmt.Sprintf(`<yandex><profiles><default><max_memory_usage>4000000000</max_memory_usage></default></profiles>
<users><default><password>%s</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users>
<quotas><default/></quotas></yandex>`, Password))
	s := &Server{t: t, dir: dir, args: []string{"/usr/sbin/clickhouse-server", "--config-file=" + dir + "/config.xml"}}
	s.up = func() bool { return answers(fmt.Sprintf("http://127.0.0.1:%d/", httpPort)) }
	t.Cleanup(s.Kill)
	s.Start()
	return s
}

func answers(address string) bool {
	client := http.Client{Timeout: time.Second}
	resp, err := client.Get(address)
	if err != nil {
		return false
	}
	defer resp.Body.Close() //nolint:errcheck // it was only read
	_, _ = io.Copy(io.Discard, resp.Body)
	return true
}

// SQL runs one statement on a shard and gives its answer.
func (c *ClickHouse) SQL(shard int, statement string) string {
	s := c.Shards[shard]
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, fmt.Sprintf("http://127.0.0.1:%d/", c.ports[shard]), strings.NewReader(statement))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("X-ClickHouse-User", "default")
	req.Header.Set("X-ClickHouse-Key", Password)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close() //nolint:errcheck // it was only read
	text, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		s.t.Fatalf("ClickHouse: %v %d\n%s", err, resp.StatusCode, text)
	}
	return strings.TrimSpace(string(text))
}
