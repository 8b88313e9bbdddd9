import math from 'tiny-math';
Page({ data: { sum: math.add(1, 2) } });
