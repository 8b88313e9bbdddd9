package budget

import (
	"maps"
	"slices"
)

// helper is one of the files "@babel/runtime/helpers/NAME.js" that WeChat's compiler
// adds for what ES5 has no syntax for.
type helper struct {
	size int64    // bytes, as the compiler packs it: never minified
	uses []string // other helpers that come with it
}

// helpers are those of miniprogram-ci 2.1.42 (Babel 7.21): sizes as packed, and which
// one comes with which, as its babel_helper.js has it.
var helpers = map[string]helper{
	"Arrayincludes":                          {378, nil},
	"AsyncGenerator":                         {1105, []string{"OverloadYield"}},
	"AwaitValue":                             {66, nil},
	"Objectentries":                          {131, nil},
	"Objectvalues":                           {208, nil},
	"OverloadYield":                          {77, nil},
	"applyDecoratedDescriptor":               {491, nil},
	"applyDecs":                              {5712, []string{"typeof"}},
	"applyDecs2203":                          {3593, []string{"typeof"}},
	"applyDecs2203R":                         {3587, []string{"typeof"}},
	"applyDecs2301":                          {4482, []string{"typeof", "checkInRHS"}},
	"arrayLikeToArray":                       {155, nil},
	"arrayWithHoles":                         {88, nil},
	"arrayWithoutHoles":                      {163, []string{"arrayLikeToArray"}},
	"assertThisInitialized":                  {182, nil},
	"asyncGeneratorDelegate":                 {560, []string{"OverloadYield"}},
	"asyncIterator":                          {962, nil},
	"asyncToGenerator":                       {416, nil},
	"awaitAsyncGenerator":                    {144, []string{"OverloadYield"}},
	"checkInRHS":                             {207, []string{"typeof"}},
	"checkPrivateRedeclaration":              {181, nil},
	"classApplyDescriptorDestructureSet":     {282, nil},
	"classApplyDescriptorGet":                {114, nil},
	"classApplyDescriptorSet":                {201, nil},
	"classCallCheck":                         {139, nil},
	"classCheckPrivateStaticAccess":          {165, nil},
	"classCheckPrivateStaticFieldDescriptor": {209, nil},
	"classExtractFieldDescriptor":            {190, nil},
	"classNameTDZError":                      {155, nil},
	"classPrivateFieldDestructureSet":        {343, []string{"classApplyDescriptorDestructureSet", "classExtractFieldDescriptor"}},
	"classPrivateFieldGet":                   {288, []string{"classApplyDescriptorGet", "classExtractFieldDescriptor"}},
	"classPrivateFieldInitSpec":              {196, []string{"checkPrivateRedeclaration"}},
	"classPrivateFieldLooseBase":             {200, nil},
	"classPrivateFieldLooseKey":              {110, nil},
	"classPrivateFieldSet":                   {294, []string{"classApplyDescriptorSet", "classExtractFieldDescriptor"}},
	"classPrivateMethodGet":                  {169, nil},
	"classPrivateMethodInitSpec":             {194, []string{"checkPrivateRedeclaration"}},
	"classPrivateMethodSet":                  {132, nil},
	"classStaticPrivateFieldDestructureSet":  {490, []string{"classApplyDescriptorDestructureSet", "classCheckPrivateStaticAccess", "classCheckPrivateStaticFieldDescriptor"}},
	"classStaticPrivateFieldSpecGet":         {443, []string{"classApplyDescriptorGet", "classCheckPrivateStaticAccess", "classCheckPrivateStaticFieldDescriptor"}},
	"classStaticPrivateFieldSpecSet":         {449, []string{"classApplyDescriptorSet", "classCheckPrivateStaticAccess", "classCheckPrivateStaticFieldDescriptor"}},
	"classStaticPrivateMethodGet":            {210, []string{"classCheckPrivateStaticAccess"}},
	"classStaticPrivateMethodSet":            {155, nil},
	"construct":                              {433, []string{"setPrototypeOf", "isNativeReflectConstruct"}},
	"createClass":                            {421, []string{"toPropertyKey"}},
	"createForOfIteratorHelper":              {805, []string{"unsupportedIterableToArray"}},
	"createForOfIteratorHelperLoose":         {606, []string{"unsupportedIterableToArray"}},
	"createSuper":                            {458, []string{"getPrototypeOf", "isNativeReflectConstruct", "possibleConstructorReturn"}},
	"decorate":                               {7119, []string{"toArray", "toPropertyKey"}},
	"defaults":                               {231, nil},
	"defineAccessor":                         {146, nil},
	"defineEnumerableProperties":             {408, nil},
	"defineProperty":                         {227, []string{"toPropertyKey"}},
	"extends":                                {288, nil},
	"get":                                    {362, []string{"superPropBase"}},
	"getPrototypeOf":                         {225, nil},
	"identity":                               {56, nil},
	"inherits":                               {372, []string{"setPrototypeOf"}},
	"inheritsLoose":                          {191, []string{"setPrototypeOf"}},
	"initializerDefineProperty":              {240, nil},
	"initializerWarningHelper":               {231, nil},
	"instanceof":                             {161, nil},
	"interopRequireDefault":                  {133, nil},
	"interopRequireWildcard":                 {681, []string{"typeof"}},
	"isNativeFunction":                       {125, nil},
	"isNativeReflectConstruct":               {320, nil},
	"iterableToArray":                        {161, nil},
	"iterableToArrayLimit":                   {453, nil},
	"iterableToArrayLimitLoose":              {255, nil},
	"jsx":                                    {562, nil},
	"maybeArrayLike":                         {242, []string{"arrayLikeToArray"}},
	"newArrowCheck":                          {128, nil},
	"nonIterableRest":                        {221, nil},
	"nonIterableSpread":                      {220, nil},
	"objectDestructuringEmpty":               {135, nil},
	"objectSpread":                           {439, []string{"defineProperty"}},
	"objectSpread2":                          {696, []string{"defineProperty"}},
	"objectWithoutProperties":                {406, []string{"objectWithoutPropertiesLoose"}},
	"objectWithoutPropertiesLoose":           {207, nil},
	"possibleConstructorReturn":              {359, []string{"typeof", "assertThisInitialized"}},
	"readOnlyError":                          {101, nil},
	"regeneratorRuntime":                     {6772, []string{"typeof"}},
	"set":                                    {599, []string{"superPropBase", "defineProperty"}},
	"setPrototypeOf":                         {209, nil},
	"skipFirstGeneratorNext":                 {142, nil},
	"slicedToArray":                          {377, []string{"arrayWithHoles", "iterableToArrayLimit", "unsupportedIterableToArray", "nonIterableRest"}},
	"slicedToArrayLoose":                     {402, []string{"arrayWithHoles", "iterableToArrayLimitLoose", "unsupportedIterableToArray", "nonIterableRest"}},
	"superPropBase":                          {195, []string{"getPrototypeOf"}},
	"taggedTemplateLiteral":                  {173, nil},
	"taggedTemplateLiteralLoose":             {120, nil},
	"tdz":                                    {114, nil},
	"temporalRef":                            {167, []string{"temporalUndefined", "tdz"}},
	"temporalUndefined":                      {65, nil},
	"toArray":                                {344, []string{"arrayWithHoles", "iterableToArray", "unsupportedIterableToArray", "nonIterableRest"}},
	"toConsumableArray":                      {379, []string{"arrayWithoutHoles", "iterableToArray", "unsupportedIterableToArray", "nonIterableSpread"}},
	"toPrimitive":                            {343, []string{"typeof"}},
	"toPropertyKey":                          {196, []string{"typeof", "toPrimitive"}},
	"typeof":                                 {286, nil},
	"unsupportedIterableToArray":             {436, []string{"arrayLikeToArray"}},
	"wrapAsyncGenerator":                     {184, []string{"AsyncGenerator"}},
	"wrapNativeSuper":                        {750, []string{"getPrototypeOf", "setPrototypeOf", "isNativeFunction", "construct"}},
	"wrapRegExp":                             {1217, []string{"typeof", "setPrototypeOf", "inherits"}},
	"writeOnlyError":                         {104, nil},
}

// helperClosure is a list of helpers (base names) and all that come with them, sorted.
func helperClosure(names []string) []string {
	seen := map[string]bool{}
	todo := slices.Clone(names)
	for len(todo) > 0 {
		name := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[name] {
			continue
		}
		seen[name] = true
		todo = append(todo, helpers[name].uses...)
	}
	return slices.Sorted(maps.Keys(seen))
}
