package io.plumbline.benchmarks.corpus;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Spoils one class once it is woven, as a defect of the weaver would, so that a test sees the proof notice it. */
final class Saboteur implements ClassFileTransformer {
    private final String spoiled;

    /**
     * @param className with dots; empty for none
     */
    Saboteur(String className) {
        spoiled = className.replace('.', '/');
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
        if (!spoiled.equals(name) || WovenCalls.in(bytes).isEmpty()) {
            return null;
        }
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String method, String descriptor, String signature, String[] thrown) {
                        return new Spoiler(super.visitMethod(access, method, descriptor, signature, thrown));
                    }
                },
                0);
        return writer.toByteArray();
    }

    /** Takes a value off the stack that nobody put there. */
    private static final class Spoiler extends MethodVisitor {

        Spoiler(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
            super.visitInsn(Opcodes.POP);
        }
    }
}
