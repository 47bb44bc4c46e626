package io.plumbline.agent.capture.gate;

/** A thread of the agent's that runs code of the program's; its hits there are no hits of the program's and don't count. */
public class UnprobedThread extends Thread {

    /** A daemon. */
    public UnprobedThread(Runnable work, String name) {
        super(null, work, name, 0, false);
        setDaemon(true);
    }
}
