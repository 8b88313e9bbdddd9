class SignalingModule {
  reset() {}
}

export { SignalingModule as default };
