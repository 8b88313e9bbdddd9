package budget

// Estimate is about how many bytes WeChat's compiler makes of a file.
func Estimate(name string, data []byte, s Settings) int64 { return int64(len(data)) }

// Helpers are the names of the helpers of @babel/runtime that the compiler adds for
// a script.
func Helpers(name string, data []byte, s Settings) []string { return nil }

// HelperClosure is names with the helpers that these need in turn, sorted.
func HelperClosure(names []string) []string { return names }

// HelperSize is how many bytes a helper has as it is packed.
func HelperSize(name string, s Settings) int64 { return 0 }
