package io.plumbline.agent.compile;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The live objects that a generated class uses. They travel as its class data and are loaded as dynamic constants, so
 * the JIT sees each as the constant it is.
 */
final class Constants {
    private static final Handle CLASS_DATA_AT = new Handle(
            Opcodes.H_INVOKESTATIC,
            "java/lang/invoke/MethodHandles",
            "classDataAt",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;I)Ljava/lang/Object;",
            false);

    private final List<Object> objects = new ArrayList<>();
    private final Set<ConstantDynamic> loaded = new LinkedHashSet<>();

    /** The operand of an {@code ldc} that gives the object as the type. */
    ConstantDynamic of(Object object, Class<?> type) {
        int index = indexOf(object);
        ConstantDynamic constant = new ConstantDynamic("_", Type.getDescriptor(type), CLASS_DATA_AT, index);
        loaded.add(constant);
        return constant;
    }

    private int indexOf(Object object) {
        for (int i = 0; i < objects.size(); i++) {
            if (objects.get(i) == object) {
                return i;
            }
        }
        objects.add(object);
        return objects.size() - 1;
    }

    /** Every constant that was asked for. */
    Set<ConstantDynamic> loaded() {
        return loaded;
    }

    /** What the class is to be defined with. */
    List<Object> objects() {
        return objects;
    }
}
