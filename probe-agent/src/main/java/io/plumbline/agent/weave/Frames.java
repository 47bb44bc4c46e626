package io.plumbline.agent.weave;

import java.util.List;
import org.objectweb.asm.tree.MethodNode;

/** Where the types in front of each instruction come from. */
interface Frames {

    /**
     * The frame in front of each node of the method, null where it can't be reached or the node is none of an instruction.
     *
     * @throws MethodRefusedException when they can't be told
     */
    List<MethodModel.Frame> of(MethodNode method);
}
