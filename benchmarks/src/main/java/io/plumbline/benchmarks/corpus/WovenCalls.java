package io.plumbline.benchmarks.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The calls that the weaver put into a class, found in its bytes. */
final class WovenCalls {
    private static final String AGENT = "io/plumbline/agent/";
    private static final Pattern STUB = Pattern.compile("io/plumbline/agent/door/Stub([0-9]+)\\$.*");

    private WovenCalls() {}

    /**
     * One call.
     *
     * @param site the number in it
     * @param descriptor what it hands over
     * @param stub name of the class that it calls, with dots; empty where the call is an {@code invokedynamic} of its own
     */
    record Call(int site, String descriptor, String stub) {}

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
            if (bootstrap.getOwner().startsWith(AGENT)) {
                calls.add(new Call((Integer) arguments[0], descriptor, ""));
            }
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            Matcher stub = STUB.matcher(owner);
            if (stub.matches()) {
                calls.add(new Call(Integer.parseInt(stub.group(1)), descriptor, owner.replace('/', '.')));
            }
        }
    }
}
