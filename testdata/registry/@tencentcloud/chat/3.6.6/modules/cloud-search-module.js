class CloudSearchModule {
  reset() {}
}

export { CloudSearchModule as default };
