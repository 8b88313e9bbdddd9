package msg

const windowsOnly = 0
