// Package fakegithub is a GitHub for tests: an HTTP server with a state of its
// own that holds every request and every answer against GitHub's OpenAPI
// description. What the description does not know is a recorded failure, so a
// test cannot pass by asking for something that the real platform would refuse.
package fakegithub
