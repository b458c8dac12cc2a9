print("waveproof")
