package io.plumbline.agent.weave;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/**
 * Watches the bytes of one class as the JVM gets them behind all transformers that were there before, without causing a
 * transformation itself but the first. Written anew by ASM, for the JVM changes the order of the constant pool when it
 * puts a class together again.
 */
final class ClassBytes implements ClassFileTransformer, AutoCloseable {
    private final Class<?> watched;
    private byte[] last;

    ClassBytes(Class<?> watched) {
        this.watched = watched;
        WeaveFixture.INSTRUMENTATION.addTransformer(this, true);
        try {
            WeaveFixture.INSTRUMENTATION.retransformClasses(watched);
        } catch (UnmodifiableClassException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The bytes of a class, woven as it is. */
    static byte[] of(Class<?> type) {
        try (ClassBytes bytes = new ClassBytes(type)) {
            return bytes.now();
        }
    }

    /** The bytes that the JVM got last. */
    byte[] now() {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(last).accept(writer, 0);
        return writer.toByteArray();
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] classfileBuffer) {
        if (type == watched) {
            last = classfileBuffer.clone();
        }
        return null;
    }

    @Override
    public void close() {
        WeaveFixture.INSTRUMENTATION.removeTransformer(this);
    }
}
