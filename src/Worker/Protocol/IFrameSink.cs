namespace ITwinOrleans.Worker.Protocol;

/// <summary>Takes what a <see cref="FrameReader"/> reads, in order, on the reader's own loop: it must not block.</summary>
internal interface IFrameSink
{
    /// <summary>A whole frame. The sink owns the body.</summary>
    /// <param name="header">The frame's header.</param>
    /// <param name="body">The frame's body.</param>
    /// <exception cref="Work.WorkerProtocolException">The frame is not allowed: the connection ends.</exception>
    void OnFrame(FrameHeader header, PooledBuffer body);

    /// <summary>A frame that is larger than the limit; its body is being skipped.</summary>
    /// <exception cref="Work.WorkerProtocolException">That is not tolerated for this kind of frame: the connection ends.</exception>
    void OnOversized(FrameHeader header);
}
