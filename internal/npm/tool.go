package npm

import (
	"bytes"
	"context"
	"encoding/json"
	"os/exec"
	"regexp"
	"strings"
	"time"
)

// Tool is a program in PATH that is asked for its version.
type Tool struct {
	Path    string // "": there is none
	Version string // such as "20.20.2"; "" where it does not say
	Err     error  // it does not run; an *Error with what it wrote, or the context's cause
}

// versionNumber is the first number of what programs print: "v20.20.2",
// "git version 2.39.5 (Apple Git-154)".
var versionNumber = regexp.MustCompile(`\d+(?:\.\d+)+[-+.\w]*`)

// Look finds a program and asks it for its version.
func Look(ctx context.Context, name string) Tool {
	path, err := exec.LookPath(name)
	if err != nil {
		return Tool{}
	}
	command := exec.CommandContext(ctx, path, "--version")
	command.WaitDelay = time.Second
	gentle(command)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err != nil {
		if cause := context.Cause(ctx); cause != nil {
			return Tool{Path: path, Err: cause}
		}
		return Tool{Path: path, Err: &Error{Args: []string{"--version"}, Output: tidy(stderr.String()), Err: err}}
	}
	return Tool{Path: path, Version: versionNumber.FindString(stdout.String())}
}

// Settings are what npm is configured to do in a folder.
type Settings struct {
	Registry string // of the npm packages of a scope
	Proxy    string // "" for none
}

// Settings asks npm how it reaches the npm packages of a scope ("@tencentcloud").
// Secrets among its settings are not read.
func (c *Client) Settings(ctx context.Context, dir, scope string) (Settings, error) {
	out, err := c.Output(ctx, dir, "config", "list", "--json")
	if err != nil {
		return Settings{}, err
	}
	var all map[string]any
	if err := json.Unmarshal(out, &all); err != nil {
		return Settings{}, err
	}
	s := Settings{}
	for _, key := range []string{"registry", scope + ":registry"} {
		if value, set := all[key].(string); set {
			s.Registry = value
		}
	}
	key := "https-proxy"
	if strings.HasPrefix(s.Registry, "http:") {
		key = "proxy"
	}
	s.Proxy, _ = all[key].(string)
	return s, nil
}

// Latest is the version that a registry calls the latest of an npm package. It is asked
// once, and has the time that the context gives it.
func (c *Client) Latest(ctx context.Context, dir, name string) (string, error) {
	out, err := c.Output(ctx, dir, "view", name, "dist-tags.latest", "--json", "--fetch-retries=0", "--prefer-online")
	if err != nil {
		return "", err
	}
	var version string
	if err := json.Unmarshal(out, &version); err != nil {
		return "", &Error{Args: []string{"view", name}, Output: strings.TrimSpace(string(out)), Err: err}
	}
	return version, nil
}
