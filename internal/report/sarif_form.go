package report

// The part of SARIF 2.1.0 that code scanning reads
// (https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html,
// https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning).

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool        sarifTool                        `json:"tool"`
	Automation  sarifAutomation                  `json:"automationDetails"`
	Invocations []sarifInvocation                `json:"invocations"`
	Provenance  []sarifProvenance                `json:"versionControlProvenance,omitempty"`
	Bases       map[string]sarifArtifactLocation `json:"originalUriBaseIds"`
	ColumnKind  string                           `json:"columnKind"`
	Results     []sarifResult                    `json:"results"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name    string      `json:"name"`
	Version string      `json:"version,omitempty"`
	URI     string      `json:"informationUri"`
	Rules   []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID         string       `json:"id"`
	Name       string       `json:"name"`
	Short      sarifText    `json:"shortDescription"`
	Full       sarifText    `json:"fullDescription"`
	Help       sarifText    `json:"help"`
	HelpURI    string       `json:"helpUri"`
	Default    sarifDefault `json:"defaultConfiguration"`
	Properties sarifRuleBag `json:"properties"`
}

type sarifDefault struct {
	Level string `json:"level"`
}

type sarifRuleBag struct {
	Tags []string `json:"tags"`
	// SecuritySeverity is a number in words, from 0.1 to 10.0.
	SecuritySeverity string `json:"security-severity,omitempty"`
	ProblemSeverity  string `json:"problem.severity,omitempty"`
}

type sarifAutomation struct {
	ID string `json:"id"`
}

type sarifInvocation struct {
	Successful    bool                `json:"executionSuccessful"`
	Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
}

type sarifNotification struct {
	Level      string          `json:"level"`
	Message    sarifText       `json:"message"`
	Descriptor sarifDescriptor `json:"descriptor"`
}

type sarifDescriptor struct {
	ID string `json:"id"`
}

type sarifProvenance struct {
	Repository string                `json:"repositoryUri"`
	Revision   string                `json:"revisionId,omitempty"`
	MappedTo   sarifArtifactLocation `json:"mappedTo"`
}

type sarifResult struct {
	RuleID       string            `json:"ruleId"`
	RuleIndex    int               `json:"ruleIndex"`
	Level        string            `json:"level"`
	Message      sarifText         `json:"message"`
	Locations    []sarifLocation   `json:"locations"`
	Fingerprints map[string]string `json:"partialFingerprints"`
	Fixes        []sarifFix        `json:"fixes,omitempty"`
	// Suppressions are never empty here: an empty list means "looked at, and
	// not suppressed".
	Suppressions []sarifSuppression `json:"suppressions,omitempty"`
	Properties   sarifResultBag     `json:"properties"`
}

type sarifResultBag struct {
	Severity string `json:"severity"`
}

type sarifLocation struct {
	Physical sarifPhysical `json:"physicalLocation"`
}

type sarifPhysical struct {
	Artifact sarifArtifactLocation `json:"artifactLocation"`
	Region   sarifRegion           `json:"region"`
}

type sarifArtifactLocation struct {
	URI         string     `json:"uri,omitempty"`
	BaseID      string     `json:"uriBaseId,omitempty"`
	Description *sarifText `json:"description,omitempty"`
}

// sarifRegion leaves out columns that are 0: they are not known.
type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn,omitempty"`
	EndLine     int `json:"endLine"`
	EndColumn   int `json:"endColumn,omitempty"`
}

type sarifSuppression struct {
	Kind          string `json:"kind"`
	Justification string `json:"justification"`
}

type sarifFix struct {
	Description sarifText             `json:"description"`
	Changes     []sarifArtifactChange `json:"artifactChanges"`
}

type sarifArtifactChange struct {
	Artifact     sarifArtifactLocation `json:"artifactLocation"`
	Replacements []sarifReplacement    `json:"replacements"`
}

type sarifReplacement struct {
	Deleted  sarifRegion  `json:"deletedRegion"`
	Inserted sarifContent `json:"insertedContent"`
}

type sarifContent struct {
	Text string `json:"text"`
}

type sarifText struct {
	Text string `json:"text"`
}
