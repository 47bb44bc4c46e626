package io.plumbline.benchmarks.corpus;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The calls that the weaver put into a class, found in its bytes. */
final class WovenCalls {
    private static final String BRIDGE = "io/plumbline/agent/bridge/Bridge";

    private WovenCalls() {}

    /**
     * One call.
     *
     * @param site the number in it
     * @param descriptor what it hands over
     */
    record Call(int site, String descriptor) {}

    static List<Call> in(byte[] bytes) {
        List<Call> calls = new ArrayList<>();
        new ClassReader(bytes)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] thrown) {
                                return new CallVisitor(calls);
                            }
                        },
                        ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return calls;
    }

    private static final class CallVisitor extends MethodVisitor {
        private final List<Call> calls;

        CallVisitor(List<Call> calls) {
            super(Opcodes.ASM9);
            this.calls = calls;
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            if (bootstrap.getOwner().equals(BRIDGE)) {
                calls.add(new Call((Integer) arguments[0], descriptor));
            }
        }
    }
}
