package task

import (
	"strconv"
	"strings"
	"sync"
)

// maxWeakness is the highest number that is read.
const maxWeakness = 1999

// weaknesses are the numbers of the Common Weakness Enumeration that stand for
// a weakness (https://cwe.mitre.org/data/downloads.html, view 1000, 4.13, and
// those that came later up to 4.18). Its categories and views have numbers
// too, 264 and 310 among them; a finding cannot be mapped to these
// (https://cwe.mitre.org/documents/cwe_usage/guidance.html).
const weaknesses = "5-9 11-15 20 22-59 61-62 64-67 69 72-91 93-99 102-131 134-135 138 140-168 170 172-188 190-198 200-215 219-224 " +
	"226 228-246 248 250 252-253 256-263 266-274 276-291 293-309 311-319 321-354 356-360 362-364 366-370 372 " +
	"374-375 377-379 382-386 390-397 400-410 412-416 419-422 424-428 430-437 439-441 444 446-451 453-457 459-460 " +
	"462-464 466-484 486-489 491-502 506-512 514-515 520-532 535-541 543-544 546-556 558 560-568 570-591 593-595 " +
	"597-603 605-628 636-657 662-676 680-698 703-708 710 732-733 749 754-768 770-799 804-807 820-839 841-843 " +
	"862-863 908-918 920-927 939-943 1004 1007 1021-1025 1037-1039 1041-1080 1082-1127 1164 1173-1174 1176-1177 " +
	"1188-1193 1204 1209 1220-1224 1229-1236 1239-1304 1310-1323 1325-1336 1338-1339 1341-1342 1351 1357 1384-1386 " +
	"1389-1395 1419-1423 1426-1429 1431 1434"

// weaknessSet has a place for each number.
var weaknessSet = sync.OnceValue(func() [maxWeakness + 1]bool {
	var set [maxWeakness + 1]bool
	for _, part := range strings.Fields(weaknesses) {
		first, last, more := strings.Cut(part, "-")
		if !more {
			last = first
		}
		for n := atoi(first); n <= atoi(last); n++ {
			set[n] = true
		}
	}
	return set
})

// knownWeakness says whether a number stands for a weakness.
func knownWeakness(number int) bool {
	return number >= 1 && number <= maxWeakness && weaknessSet()[number]
}

// WeaknessName gives our short name of a weakness that reviews speak of often,
// "" for the others. The enumeration's own names are longer.
func WeaknessName(number int) string { return weaknessNames()[number] }

var weaknessNames = sync.OnceValue(func() map[int]string {
	names := map[int]string{}
	for line := range strings.Lines(namedWeaknesses) {
		number, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		if n, err := strconv.Atoi(number); err == nil {
			names[n] = name
		}
	}
	return names
})

// namedWeaknesses has a number and a name a line.
const namedWeaknesses = `20 improper input validation
22 path traversal
59 link following
74 injection
77 command injection
78 OS command injection
79 cross-site scripting
88 argument injection
89 SQL injection
90 LDAP injection
91 XML injection
94 code injection
95 eval injection
98 remote file inclusion
113 HTTP response splitting
116 improper encoding of output
117 log injection
119 access outside of a buffer
120 classic buffer overflow
121 stack-based buffer overflow
122 heap-based buffer overflow
125 out-of-bounds read
129 unchecked array index
134 format string from outside
184 incomplete list of what is denied
190 integer overflow
191 integer underflow
200 exposure of sensitive information
203 observable discrepancy
208 observable timing discrepancy
209 error message with sensitive information
250 more privileges than needed
256 password stored in plain text
259 hard-coded password
269 improper privilege management
276 wrong default permissions
284 improper access control
285 improper authorization
287 improper authentication
290 authentication bypass by spoofing
294 authentication bypass by replay
295 improper certificate validation
306 missing authentication
307 unbounded authentication attempts
311 missing encryption
312 sensitive data stored in clear text
319 sensitive data sent in clear text
321 hard-coded cryptographic key
326 inadequate encryption strength
327 broken or risky cryptography
328 weak hash
330 insufficient randomness
331 insufficient entropy
338 weak random numbers for cryptography
345 insufficient check of authenticity
346 origin not validated
347 signature not verified
352 cross-site request forgery
362 race condition
367 time of check to time of use
369 division by zero
377 insecure temporary file
384 session fixation
400 uncontrolled use of resources
401 memory not released
409 decompression bomb
415 double free
416 use after free
425 direct request
426 untrusted search path
427 uncontrolled search path
434 unrestricted upload of a dangerous file
441 unintended proxy
444 HTTP request smuggling
470 class or code chosen from outside
476 null pointer dereference
494 download without integrity check
502 deserialization of untrusted data
521 weak password rules
522 insufficiently protected credentials
525 sensitive data in a browser's cache
532 sensitive information in a log
538 sensitive information in a file
552 files open to outsiders
565 cookies trusted without a check
598 sensitive data in a query string
601 open redirect
602 server security enforced by the client
610 reference into another sphere
611 XML external entities
613 session does not expire
614 cookie without Secure
639 authorization by a key of the user
640 weak password recovery
643 XPath injection
662 improper synchronization
667 improper locking
668 exposure to the wrong sphere
670 control flow always wrong
674 uncontrolled recursion
681 wrong conversion of numbers
693 protection mechanism failure
697 wrong comparison
703 exceptions not checked or handled
704 wrong type conversion
732 wrong permissions of a critical resource
754 unusual conditions not checked
755 exceptions handled wrongly
757 downgrade of an algorithm
759 hash without a salt
760 hash with a predictable salt
770 resources without a limit
772 resource not released
776 XML entity expansion
778 insufficient logging
787 out-of-bounds write
798 hard-coded credentials
829 functionality from an untrusted sphere
835 endless loop
862 missing authorization
863 incorrect authorization
908 use of an uninitialized resource
915 mass assignment
916 password hash that is too cheap
917 expression language injection
918 server-side request forgery
922 sensitive information stored insecurely
942 permissive cross-domain policy
943 injection into a data query
1004 cookie without HttpOnly
1021 clickjacking
1104 component nobody maintains
1188 insecure default
1236 formula injection in CSV
1275 cookie with a wrong SameSite
1284 quantity not validated
1321 prototype pollution
1327 bound to an unrestricted address
1333 inefficient regular expression
1336 template injection
1385 origin of a WebSocket not checked
1390 weak authentication
1391 weak credentials
1392 default credentials
1395 vulnerable component of a third party
1427 prompt injection`
