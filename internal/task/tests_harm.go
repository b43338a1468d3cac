package task

import (
	"regexp"
	"strings"
)

// harms gives what a test may not do, whatever the change does: end the run,
// bring a part of the system in under another name, or write and remove files
// that are in no temporary folder.
func (l testLanguage) harms(before, added string) string {
	plain := strings.Join(l.masked(splitLines(added)), "\n")
	for _, form := range []func() *regexp.Regexp{runEnds, harmAliases} {
		text := plain
		if m := form().FindString(text); m != "" {
			return strings.TrimSpace(m)
		}
	}
	if m := firstIn(harmImports().FindString, added); m != "" {
		return strings.TrimSpace(m)
	}
	return l.writesOutside(before, added)
}

var (
	runEnds = lazily(`\b(?:os|syscall)\.(?:Exit|Kill)\b|\bruntime\.Goexit\b|\blog\.Fatal\w*|\bos\s*\.\s*(?:_exit|abort|kill|killpg|fork)\b|\bpytest\.exit\b|\bsys\s*\.\s*exit\b|(?:^|[\s;{(=:])(?:exit|quit|_exit|_Exit|quick_exit|abort|exitProcess|posix_kill|die|halt)!?\s*\(|\braise\s+SystemExit\b|\bprocess\s*(?:\.\s*(?:exit|kill|abort|reallyExit|exitCode)\b|\[)|\bSystem\.(?:exit|halt|stop)\b|\bRuntime\.getRuntime\b|\bEnvironment\.(?:Exit|FailFast)\b|\bprocess::(?:exit|abort)\b|\blibc::|\bstd::(?:exit|_Exit|quick_exit|abort|terminate|raise)\b|(?:^|[^\w:])::(?:exit|_exit|_Exit|quick_exit|abort)\s*\(|\bProcess\.(?:exit|kill)\b|(?m:^\s*(?:exit!?|abort)\s*$)|\bKernel\.(?:exit!?|abort|system|exec)|\b(?:Darwin|Glibc|Foundation)\.exit\b|:init\.stop|:erlang\.halt|\bsignal\.(?:SIG\w+|raise_signal|alarm)\b|\blongjmp\s*\(|\bTest(?:ing)?\.cancel\b`)
	// harmAliases read code at run time, or reach around the names above.
	harmAliases = lazily(`\bimportlib\b|\b__import__\b|\bbuiltins\b|\b__builtins__\b|\b(?:getattr|setattr)\s*\(\s*(?:os|sys|shutil|subprocess)\b|\bimport\s*\(\s*[^)"\x60']*\+|\bimport\s*\(\s*""\s*\+|\brequire\s*\(\s*""\s*\+|\bos\s*\.\s*__dict__|\bglobals\s*\(\)|\bObject\.send\b|\bKernel\.send\b|\bconst_get\b|\binstance_eval\b|\bclass_eval\b`)
	// harmImports bring a part of the system in under a name of their own.
	harmImports = lazily(`^\s*(?:import\s+)?(?:\.|[A-Za-z]\w*)\s+"(?:os|os/exec|os/signal|syscall|runtime|unsafe|net|net/http|io/ioutil|plugin|log)"|^\s*import\s+"C"|^//go:(?:linkname|embed|generate|cgo)|^\s*from\s+os\s+import\s+(?:[^#\n]*\b(?:system|popen|kill|killpg|_exit|abort|remove|unlink|rmdir|removedirs|rename|replace|fork|exec\w*|spawn\w*|environ|getenv|truncate|chmod|chdir|open|write)\b|\*|\()|^\s*from\s+(?:sys|signal|shutil|subprocess|posix|nt)\s+import\b|^\s*import\s+(?:.*,\s*)?(?:os|sys|shutil|subprocess|signal|posix|pathlib|io)\s+as\b|^\s*import\s+(?:.*,\s*)?(?:signal|posix)\b|^\s*using\s+static\s+System\.(?:Environment|IO|Diagnostics)|^\s*using\s+\w+\s*=\s*System\.(?:Environment|IO|Diagnostics)|^\s*import\s+static\s+java\.(?:lang\.(?:System|Runtime)|nio\.file\.Files)|^\s*import\s+(?:kotlin\.system|java\.lang\.System|java\.nio\.file\.Files)\b.*\bas\b|^\s*import\s+kotlin\.system\.exitProcess|^\s*use\s+std::(?:process|fs|env|net)\b.*\bas\b|^\s*use\s+std::\{[^}]*\b(?:process|fs|env|net)\s+as\b|^\s*use\s+std::process::|^\s*use\s+std::\{[^}]*\bprocess\b`)
)

// writesOutside gives a line that writes or removes a file whose path comes
// from no temporary folder that the line, or an earlier one, names.
func (l testLanguage) writesOutside(before, added string) string {
	temps := temporary(before + "\n" + added)
	for line := range strings.Lines(added) {
		code := strings.TrimSpace(l.withoutComments(line))
		if code == "" || !fileWrite().MatchString(code) || strings.HasPrefix(code, "import") || strings.HasPrefix(code, "use ") {
			continue
		}
		if !strings.Contains(code, "..") && (tempIdiom().MatchString(code) || namesOne(code, temps)) {
			continue
		}
		return code
	}
	return ""
}

var (
	fileWrite = lazily(`\bos\.(?:WriteFile|Create|OpenFile|Remove|RemoveAll|Rename|Truncate|Chmod|Chown|Chdir|Symlink|Link|Mkdir|MkdirAll|makedirs|mkdir|rename|renames|replace|removedirs|chmod|chdir|symlink|truncate|link|open)\s*\(|\bioutil\.WriteFile\(|\bopen\s*\(.*["'](?:[wax]\+?b?t?|[wax]b?\+?|r\+b?|rb\+)["']|\.open\s*\(\s*(?:mode\s*=\s*)?["'][wax]|\.(?:write_text|write_bytes|unlink|rmdir|rmtree|symlink_to|hardlink_to|touch)\s*\(` +
		`|\b(?:rm|rmSync|rmdir|rmdirSync|unlink|unlinkSync|writeFile|writeFileSync|appendFile|appendFileSync|rename|renameSync|truncateSync|copyFile|copyFileSync|cpSync|createWriteStream|symlinkSync|mkdirSync|chmodSync|outputFile|emptyDir)\s*\(` +
		`|\bFiles\.(?:write\w*|delete\w*|move|copy|create\w+|newBufferedWriter|newOutputStream)\(|\b(?:FileWriter|FileOutputStream|PrintWriter|RandomAccessFile)\(|\.(?:writeText|writeBytes|appendText|deleteRecursively|deleteOnExit|renameTo|createNewFile)\(|\bFile\([^)]*\)\.delete\(` +
		`|\bFile\.(?:Write\w*|Append\w*|Delete|Move|Copy|Create\w*|Open\w*|Replace)\(|\bDirectory\.(?:Delete|Move|CreateDirectory)\(|\bnew (?:StreamWriter|FileStream)\(` +
		`|\b(?:fs::(?:write|remove_\w+|rename|copy|create_dir\w*|set_permissions|hard_link)|remove_file|remove_dir|remove_dir_all)\b|\bFile::create\w*\(|\bOpenOptions\b` +
		`|\bFile\.(?:write|binwrite|delete|unlink|rename|truncate|chmod|symlink|rm|rm_rf|cp|cp_r|mkdir\w*|touch|open)!?\b|\bIO\.write\b|\bFileUtils\.|\bDir\.(?:mkdir|rmdir|delete|unlink|chdir)\b` +
		`|\b(?:file_put_contents|fopen|ftruncate)\s*\(|(?:^|[^\w>.:$])(?:mkdir|copy|touch|chmod|symlink|remove|truncate)\s*\(\s*["'$]|\.(?:removeItem|createFile|moveItem|copyItem|createDirectory)\(|\.write\(to` +
		`|\b(?:std::)?(?:o?fstream|ofstream)\b|\bfilesystem::(?:remove|rename|copy|create|resize|permissions)\w*|\bstd::(?:remove|rename)\s*\(\s*"`)
	tempIdiom = lazily(`\.TempDir\(|\bos\.(?:MkdirTemp|CreateTemp)\(|\bMemMapFs\b|\btmp_path\b|\btmp_path_factory\b|\btmpdir\b|\btempfile\.|\bmkdtemp\w*|\bos\.tmpdir\(|\btmpdir\(\)|\btempfile::|\bTempDir\b|\bTemporaryFolder\b|\bcreateTemp(?:Directory|File|Dir)\b|\bDir\.(?:mktmpdir|tmpdir)\b|\bTempfile\b|\bsys_get_temp_dir\(|\btempnam\(|\bPath\.GetTemp\w+\(|\btemporaryDirectory\b|\bNSTemporaryDirectory\b|\btmp_dir\b|\bSystem\.tmp_dir|\btemp_directory_path\b|\btesting::TempDir\b|\bcreateTempSubdirectory\w*|vfsStream|\b(?:memfs|MemoryFileSystem)\b`)
	bindsName = lazily(`^\s*(?:(?:const|let|var|val|auto|final|mut|private|static|readonly|String|Path|File|string)\s+)*\$?(\w+)(?:\s*,\s*\w+)*\s*(?::[^=]+)?(?::=|=)[^=](.*)$`)
	bindsAs   = lazily(`^\s*(?:async\s+)?with\s+(.*?)\s+as\s+(\w+)\s*:|(mktmpdir.*)\|(\w+)\||@TempDir\s+(?:[\w.]+\s+)*(\w+)`)
)

// temporary gives the names that stand for a temporary path wherever they are
// given a value.
func temporary(text string) map[string]bool {
	temps := map[string]bool{}
	for range 3 {
		spoiled := map[string]bool{}
		for line := range strings.Lines(text) {
			line = strings.TrimRight(line, "\r\n")
			for _, m := range bindsAs().FindAllStringSubmatch(line, -1) {
				for i, of := range []int{1, 3} {
					if m[of] != "" && (tempIdiom().MatchString(m[of]) || namesOne(m[of], temps)) {
						temps[m[2+2*i]] = true
					}
				}
				if m[5] != "" {
					temps[m[5]] = true
				}
			}
			if m := bindsName().FindStringSubmatch(line); m != nil {
				if tempIdiom().MatchString(m[2]) || namesOne(m[2], temps) {
					temps[m[1]] = true
				} else {
					spoiled[m[1]] = true
				}
			}
		}
		for name := range spoiled {
			delete(temps, name)
		}
	}
	delete(temps, "_")
	return temps
}

func namesOne(code string, names map[string]bool) bool {
	for _, word := range nameWord().FindAllString(withoutStrings(code), -1) {
		if names[word] {
			return true
		}
	}
	return false
}
