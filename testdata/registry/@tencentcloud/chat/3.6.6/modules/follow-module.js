class FollowModule {
  reset() {}
}

export { FollowModule as default };
