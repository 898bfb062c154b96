package io.velostream.engine.runtime.operator;

/**
 * What a stage needs to know beyond its plan.
 *
 * @param taskPartition the partition that the task owns; it names the stage as an upstream in control records
 * @param clockMillis the wall clock at the start, milliseconds
 * @param bounded whether time only moves with records (in {@code velo test}: no idle timeout)
 */
public record StageSettings(int taskPartition, long clockMillis, boolean bounded) {}
