package io.plumbline.config.wire;

/** An answer to a {@link CodeRequest}. Readers pass over keys that later versions may add. */
public sealed interface CodeReply permits ClassesReply, ScopeReply, ClassFileReply {
    /** Of the request. */
    String id();

    /** Why there is no answer, with what to do; empty where there is one. */
    String problem();

    String json();
}
