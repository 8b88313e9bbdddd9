// Command tuikit-cli puts Tencent Cloud Chat's UIKit into a WeChat mini program.
package main

import (
	"os"
)

func main() { os.Exit(run(systemEnv())) }
