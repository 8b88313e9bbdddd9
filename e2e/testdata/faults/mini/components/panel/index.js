import stamp from '../../utils/format';

Component({
  properties: { text: String },

  data: { line: '' },

  lifetimes: {
    attached() { this.setData({ line: stamp(this.data.text) }); },
  },
});
