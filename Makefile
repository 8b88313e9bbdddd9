.PHONY: build test golden e2e bench ci

build:
	CGO_ENABLED=0 go build -trimpath -o tuikit-cli ./cmd/tuikit-cli

test:
	go test ./...

# Rewrites testdata/golden with what the program generates now. Look at the diff.
golden:
	go test ./cmd/tuikit-cli -run TestGolden -update-golden

# Needs the network: real packages from npm, WeChat's own compiler.
e2e:
	go test -tags e2e -timeout 60m ./e2e

bench:
	bench/init.sh
	bench/startup.sh
	bench/check.sh
	bench/build-npm.sh

ci:
	.ci/run
