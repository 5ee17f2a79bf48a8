package notebook_test

const killEnv = "SOURCEBOOK_KILL_TEST"

func victim(string) {}
