Component({
  data: { userID: '' },
  lifetimes: {
    ready() {
      this.setData({ userID: wx.$globalData.userID });
    },
  },
});
