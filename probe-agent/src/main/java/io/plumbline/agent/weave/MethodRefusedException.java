package io.plumbline.agent.weave;

import org.objectweb.asm.tree.MethodNode;

/** One method can't take a probe; the others of its class can. The message is a sentence for people. */
final class MethodRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String method;

    MethodRefusedException(MethodNode method, String reason) {
        super(reason);
        this.method = method.name + method.desc;
    }

    /** Name and descriptor. */
    String method() {
        return method;
    }
}
