Component({
  methods: {
    hangup() {
      this.triggerEvent('hangup');
    },
  },
});
